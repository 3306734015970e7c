package dev.cofferdam.server.oauth.client;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The clients of the tenant that is bound. Registering one makes a credential: it asks for a
 * sign-in of just now, and one that acts for itself has a role, which whoever registers it must be
 * able to give (docs/adr/0070).
 */
public final class Clients {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("client"));
  private static final Duration RECENT =
      Objects.requireNonNull(Assurance.RECENT_MULTI_FACTOR.maxAge());

  private final ClientRows rows;
  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final TransactionOperations opsTransaction;
  private final ClientActs acts;
  private final ClientSettings settings;
  private final Ids ids;
  private final Clock clock;

  Clients(
      ClientRows rows,
      JdbcClient ops,
      TransactionOperations transaction,
      TransactionOperations opsTransaction,
      ClientActs acts,
      ClientSettings settings,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.ops = ops;
    this.transaction = transaction;
    this.opsTransaction = opsTransaction;
    this.acts = acts;
    this.settings = settings;
    this.ids = ids;
    this.clock = clock;
  }

  /** By id, which is by when they were registered. */
  public Page<ClientView> list(PageRequest asked) {
    return rows.page(asked);
  }

  public Optional<ClientView> find(UUID client) {
    return rows.find(client);
  }

  public ClientChange register(Call call, Caller.Person by, ClientWish wish) {
    ClientView client =
        new ClientView(
            Tenants.current(),
            ids.next(),
            wish.name(),
            wish.redirectUris(),
            wish.scopes().stream().map(TokenScope::text).sorted().toList(),
            wish.keys(),
            by.id(),
            // As finely as PostgreSQL keeps it.
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(opsTransaction.execute(status -> registered(call, by, client))));
  }

  private ClientChange registered(Call call, Caller.Person by, ClientView client) {
    return switch (insert(by, client)) {
      case "made" ->
          new ClientChange.Done(new Recorded<>(acts.registered(call, by, client), client));
      case "ended" -> new ClientChange.Ended();
      case "weak" -> new ClientChange.Weak();
      case "role_changed" -> new ClientChange.Denied(Reason.NOT_ALLOWED);
      case "too_many" -> new ClientChange.TooMany();
      default -> throw new IllegalStateException("oauth.make_client gave an unknown answer");
    };
  }

  private String insert(Caller.Person by, ClientView client) {
    return ops.sql(
            """
            select oauth.make_client(:tenant, :client, :name, :uris, :scopes, :keys, :maker, :was, :session, :since,
                                     :now, :most)
            """)
        .param("tenant", client.tenant().value())
        .param("client", client.id())
        .param("name", client.name())
        .param("uris", client.redirectUris().stream().map(RedirectUri::text).toArray(String[]::new))
        .param("scopes", client.scopes().toArray(String[]::new))
        .param("keys", client.keys().map(PublicKeys::text).orElse(null), Types.VARCHAR)
        .param("maker", by.id().value())
        .param("was", by.workspace().map(in -> Stored.name(in.role())).orElse(null), Types.VARCHAR)
        .param("session", by.session().value())
        .param("since", client.createdAt().minus(RECENT).atOffset(UTC))
        .param("now", client.createdAt().atOffset(UTC))
        .param("most", settings.most())
        .query(String.class)
        .single();
  }

  /** Ends one, and all that it was given: every server refuses it within a second. */
  public ClientChange remove(Call call, Caller.Person by, UUID client) {
    return Objects.requireNonNull(transaction.execute(status -> removed(call, by, client)));
  }

  private ClientChange removed(Call call, Caller.Person by, UUID client) {
    return rows.delete(client)
        .<ClientChange>map(
            gone -> new ClientChange.Done(new Recorded<>(acts.removed(call, by, gone), gone)))
        .orElseGet(ClientChange.Unknown::new);
  }
}
