package dev.cofferdam.server.oauth.client;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.audit.RefusalSource;
import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientKind;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Clients that registered themselves (RFC 7591). Each is public, is nobody's, and has nothing until
 * a person lets it. There are never more than so many: one that nobody has let have anything for a
 * day makes room for the next.
 */
public final class OpenClients {
  /** How long one stays that nobody has let have anything. */
  static final Duration UNUSED = Duration.ofDays(1);

  /** No grant lives longer: one that was last used before has nothing any more. */
  private static final Duration UNNEEDED = Duration.ofDays(366);

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("registration"));
  private static final String COLUMNS = "client_id, name, redirect_uris, scopes, created_at";

  private final JdbcClient app;
  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final Outbox outbox;
  private final ClientSettings settings;
  private final Ids ids;
  private final Clock clock;

  OpenClients(
      JdbcClient app,
      JdbcClient ops,
      TransactionOperations transaction,
      Outbox outbox,
      ClientSettings settings,
      Ids ids,
      Clock clock) {
    this.app = app;
    this.ops = ops;
    this.transaction = transaction;
    this.outbox = outbox;
    this.settings = settings;
    this.ids = ids;
    this.clock = clock;
  }

  /** What became of a registration. */
  public sealed interface Registration {}

  /** It is there. */
  public record Registered(Recorded<Application> client, Instant at) implements Registration {}

  /** The platform takes none. */
  public record Closed() implements Registration {}

  /** There are as many as there may be. */
  public record TooMany() implements Registration {}

  /**
   * Registers one.
   *
   * @param wish of a client without keys
   */
  public Registration register(Call call, ClientWish wish) {
    if (settings.ofNobody() != ClientSettings.OfNobody.ANY) {
      return new Closed();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID id = ids.next();
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(transaction.execute(status -> registered(call, id, wish, now))));
  }

  private Registration registered(Call call, UUID id, ClientWish wish, Instant now) {
    if (!isInserted(id, wish, now)) {
      return new TooMany();
    }
    RecordId record =
        outbox.record(
            Entry.done(
                    LogId.PLATFORM,
                    new Actor.OfNetwork(RefusalSource.of(call.address())),
                    "client.registered_itself")
                .on("client", id.toString())
                .in(call.id()));
    return new Registered(
        new Recorded<>(
            record,
            new Application(
                new ClientId(id.toString()),
                Optional.empty(),
                Application.Provenance.ITSELF,
                wish.name(),
                wish.redirectUris(),
                wish.scopes())),
        now);
  }

  private boolean isInserted(UUID id, ClientWish wish, Instant now) {
    return ops.sql(
            """
            select oauth.register_open_client(:id, :name, :uris, :scopes, :now, :unused, :unneeded, :most)
            """)
        .param("id", id)
        .param("name", wish.name())
        .param("uris", wish.redirectUris().stream().map(RedirectUri::text).toArray(String[]::new))
        .param(
            "scopes", wish.scopes().stream().map(TokenScope::text).sorted().toArray(String[]::new))
        .param("now", now.atOffset(UTC))
        .param("unused", now.minus(UNUSED).atOffset(UTC))
        .param("unneeded", now.minus(UNNEEDED).atOffset(UTC))
        .param("most", settings.mostOfNobody())
        .query(Boolean.class)
        .single();
  }

  /** As the consent page knows them; none where the platform takes none any more. */
  Applications applications() {
    return this::find;
  }

  private Optional<Application> find(ClientId id) {
    if (settings.ofNobody() != ClientSettings.OfNobody.ANY) {
      return Optional.empty();
    }
    return ClientIds.uuid(id)
        .flatMap(
            client ->
                Scopes.call(
                    SCOPE,
                    () ->
                        app.sql(
                                "select %s from oauth.open_client where client_id = :client"
                                    .formatted(COLUMNS))
                            .param("client", client)
                            .query((row, n) -> application(row))
                            .optional()));
  }

  /** A person has let it have something: it stays. */
  public void used(ClientId id) {
    ClientIds.uuid(id)
        .ifPresent(
            client ->
                Scopes.run(
                    SCOPE,
                    () ->
                        app.sql("update oauth.open_client set used_at = :now where client_id = :id")
                            .param("now", clock.instant().atOffset(UTC))
                            .param("id", client)
                            .update()));
  }

  /** As the token endpoint knows them. */
  ClientRegistry registry() {
    return id -> find(id).map(client -> ofNobody(id, settings.grantsOfNobody()));
  }

  /** A public client that is no tenant's: it is what it has. */
  static Client ofNobody(ClientId id, Set<String> grants) {
    return new Client(
        id,
        Optional.empty(),
        ClientKind.APPLICATION,
        new ClientAuthentication.None(),
        Optional.empty(),
        grants);
  }

  private static Application application(ResultSet row) throws SQLException {
    return new Application(
        new ClientId(row.getObject("client_id", UUID.class).toString()),
        Optional.empty(),
        Application.Provenance.ITSELF,
        row.getString("name"),
        Stream.of((String[]) row.getArray("redirect_uris").getArray())
            .map(RedirectUri::new)
            .toList(),
        known((String[]) row.getArray("scopes").getArray()));
  }

  /** A scope that this server does not know allows nothing. */
  static Set<TokenScope> known(String[] stored) {
    EnumSet<TokenScope> known = EnumSet.noneOf(TokenScope.class);
    List<String> texts = Arrays.asList(stored);
    texts.forEach(text -> TokenScope.of(text).ifPresent(known::add));
    return known;
  }
}
