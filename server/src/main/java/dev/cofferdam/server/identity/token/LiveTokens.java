package dev.cofferdam.server.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.identity.Revocations;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who holds a token. Remembers what it read for as long as {@link Revocations} says that it holds,
 * and asks the database otherwise. Safe for use by many threads.
 */
final class LiveTokens {
  private static final long REMEMBERED = 50_000;

  /** In any case: what is written past the triggers is seen after this time. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** How exactly the time of the last request is kept: a write in each request would be dear. */
  static final Duration USED_STEP = Duration.ofSeconds(30);

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("authenticate"));

  private final JdbcClient ops;
  private final Revocations revocations;
  private final Clock clock;
  private final Cache<ByteBuffer, LiveToken> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(LONGEST).build();

  LiveTokens(JdbcClient ops, Revocations revocations, Clock clock) {
    this.ops = ops;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * Who holds the token, if it has neither expired nor been revoked.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Optional<Caller.Bearer> find(BearerToken token) {
    byte[] hash = token.hash();
    ByteBuffer key = ByteBuffer.wrap(hash);
    LiveToken remembered = known.getIfPresent(key);
    if (remembered == null || !revocations.holds(remembered.subject(), remembered.number())) {
      remembered = read(hash);
      if (remembered == null) {
        known.invalidate(key);
        return Optional.empty();
      }
      known.put(key, remembered);
    }
    Instant now = clock.instant();
    if (!isAlive(remembered, now) || !isOfItsKind(token, remembered.caller())) {
      return Optional.empty();
    }
    return Optional.of(
        isNoted(remembered, now) ? remembered.caller() : noted(key, remembered, now).caller());
  }

  private static boolean isAlive(LiveToken token, Instant now) {
    return now.isBefore(token.expiresAt());
  }

  /** A second time: what its word says is under its MAC too. */
  private static boolean isOfItsKind(BearerToken shown, Caller.Bearer holder) {
    return switch (holder) {
      case Caller.Agent agent -> shown.kind() == BearerToken.Kind.PERSONAL;
      case Caller.Service service -> shown.kind() == BearerToken.Kind.SERVICE;
    };
  }

  private static boolean isNoted(LiveToken token, Instant now) {
    Instant used = token.usedAt();
    return used != null && now.isBefore(used.plus(USED_STEP));
  }

  private @Nullable LiveToken read(byte[] hash) {
    // Before the reading: what is revoked meanwhile counts as newer than what is read.
    long number = revocations.number();
    return Scopes.call(
            SCOPE,
            () ->
                ops.sql(
                        """
                        select tenant_id, token_id, person_id, service_id, role, scopes, used_at, expires_at
                          from identity.find_token(:hash)
                        """)
                    .param("hash", hash)
                    .query((row, n) -> token(row, number))
                    .optional())
        .orElse(null);
  }

  private static LiveToken token(ResultSet row, long number) throws SQLException {
    TokenId id = new TokenId(row.getObject("token_id", UUID.class));
    Workspace in =
        new Workspace(
            new TenantId(row.getObject("tenant_id", UUID.class)),
            Stored.of(Role.class, row.getString("role")));
    // A scope that this server does not know allows nothing.
    Set<TokenScope> scopes =
        Stream.of((String[]) row.getArray("scopes").getArray())
            .flatMap(text -> TokenScope.of(text).stream())
            .collect(Collectors.toSet());
    @Nullable UUID person = row.getObject("person_id", UUID.class);
    UUID subject = person == null ? row.getObject("service_id", UUID.class) : person;
    @Nullable OffsetDateTime used = row.getObject("used_at", OffsetDateTime.class);
    return new LiveToken(
        person == null
            ? new Caller.Service(new ServiceId(subject), id, in, scopes)
            : new Caller.Agent(new PersonId(subject), id, in, scopes),
        subject,
        used == null ? null : used.toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        number);
  }

  private LiveToken noted(ByteBuffer key, LiveToken token, Instant now) {
    Scopes.run(
        SCOPE,
        () ->
            ops.sql("select identity.use_token(:tenant, :token, :now)")
                .param("tenant", token.caller().in().tenant().value())
                .param("token", token.caller().token().value())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, n) -> true)
                .list());
    LiveToken used = token.used(now);
    known.asMap().replace(key, token, used);
    return used;
  }
}
