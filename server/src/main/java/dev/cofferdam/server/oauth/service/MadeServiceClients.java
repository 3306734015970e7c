package dev.cofferdam.server.oauth.service;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes service clients, and gives them other keys, by the functions of the database that do. It
 * looks again, behind locks, at what it was decided on.
 */
final class MadeServiceClients {
  /** How many a tenant has at most. */
  static final int MOST = 200;

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("client"));
  private static final Duration RECENT =
      Objects.requireNonNull(Assurance.RECENT_MULTI_FACTOR.maxAge());

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final ServiceClientActs acts;
  private final Ids ids;
  private final Clock clock;

  MadeServiceClients(
      JdbcClient ops,
      TransactionOperations transaction,
      ServiceClientActs acts,
      Ids ids,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.acts = acts;
    this.ids = ids;
    this.clock = clock;
  }

  /** In the tenant that is bound. */
  ServiceClientChange make(Call call, Caller.Person by, ServiceClientWish wish) {
    TenantId tenant = Tenants.current();
    ServiceClientView view =
        new ServiceClientView(
            ids.next(),
            wish.label(),
            wish.role(),
            wish.scopes().stream().map(TokenScope::text).sorted().toList(),
            wish.keys().thumbprints(),
            by.id(),
            // As finely as PostgreSQL keeps it.
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(status -> made(call, by, tenant, view, wish.keys()))));
  }

  private ServiceClientChange made(
      Call call, Caller.Person by, TenantId tenant, ServiceClientView view, KeySet keys) {
    return switch (insert(by, tenant, view, keys)) {
      case "made" ->
          new ServiceClientChange.Made(new Recorded<>(acts.made(call, by, tenant, view), view));
      case "ended" -> new ServiceClientChange.SignedOut();
      case "weak" -> new ServiceClientChange.Weak();
      case "role_changed" -> new ServiceClientChange.Denied(Reason.NOT_ALLOWED);
      case "too_many" -> new ServiceClientChange.TooMany();
      default -> throw new IllegalStateException("oauth.make_service_client is of another version");
    };
  }

  private String insert(Caller.Person by, TenantId tenant, ServiceClientView view, KeySet keys) {
    Instant now = view.createdAt();
    return ops.sql(
            """
            select oauth.make_service_client(:tenant, :client, :label, :role, :scopes, :keys::jsonb, :maker, :was, :session,
                                             :since, :now, :most)
            """)
        .param("tenant", tenant.value())
        .param("client", view.id())
        .param("label", view.label())
        .param("role", Stored.name(view.role()))
        .param("scopes", view.scopes().toArray(String[]::new))
        .param("keys", keys.text())
        .param("maker", by.id().value())
        .param("was", by.workspace().map(in -> Stored.name(in.role())).orElse(null), Types.VARCHAR)
        .param("session", by.session().value())
        .param("since", now.minus(RECENT).atOffset(UTC))
        .param("now", now.atOffset(UTC))
        .param("most", MOST)
        .query(String.class)
        .single();
  }

  /**
   * The same client with other keys. Whoever signed with an older one is refused by every server
   * within a second.
   */
  ServiceClientChange exchange(Call call, Caller.Person by, ServiceClientView client, KeySet keys) {
    TenantId tenant = Tenants.current();
    ServiceClientView view = client.with(keys.thumbprints());
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(status -> exchanged(call, by, tenant, view, keys))));
  }

  private ServiceClientChange exchanged(
      Call call, Caller.Person by, TenantId tenant, ServiceClientView view, KeySet keys) {
    return switch (update(by, tenant, view, keys)) {
      case "exchanged" ->
          new ServiceClientChange.Exchanged(
              new Recorded<>(acts.exchanged(call, by, tenant, view), view));
      case "unknown" -> new ServiceClientChange.Unknown();
      case "ended" -> new ServiceClientChange.SignedOut();
      case "weak" -> new ServiceClientChange.Weak();
      case "role_changed" -> new ServiceClientChange.Denied(Reason.NOT_ALLOWED);
      default ->
          throw new IllegalStateException("oauth.exchange_client_keys is of another version");
    };
  }

  private String update(Caller.Person by, TenantId tenant, ServiceClientView view, KeySet keys) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return ops.sql(
            """
            select oauth.exchange_client_keys(:tenant, :client, :keys::jsonb, :maker, :was, :session, :since, :now)
            """)
        .param("tenant", tenant.value())
        .param("client", view.id())
        .param("keys", keys.text())
        .param("maker", by.id().value())
        .param("was", by.workspace().map(in -> Stored.name(in.role())).orElse(null), Types.VARCHAR)
        .param("session", by.session().value())
        .param("since", now.minus(RECENT).atOffset(UTC))
        .param("now", now.atOffset(UTC))
        .query(String.class)
        .single();
  }
}
