package dev.cofferdam.server.identity.token;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.security.SecureRandom;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes tokens, by the one function of the database that does. It looks again, behind locks, at
 * what it was decided on: membership, session and sign-in of whoever makes one.
 */
final class MadeTokens {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("token"));
  private static final Duration RECENT =
      Objects.requireNonNull(Assurance.RECENT_MULTI_FACTOR.maxAge());

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final RingMac ring;
  private final SecureRandom random;
  private final TokenActs acts;
  private final Ids ids;
  private final TokenSettings settings;
  private final Clock clock;

  MadeTokens(
      JdbcClient ops,
      TransactionOperations transaction,
      RingMac ring,
      SecureRandom random,
      TokenActs acts,
      Ids ids,
      TokenSettings settings,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.ring = ring;
    this.random = random;
    this.acts = acts;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @param service whose it is to be; empty for the caller's own
   */
  TokenChange make(
      Call call, Caller.Person by, TokenWish wish, Optional<TokenView.OfService> service) {
    if (wish.goodFor().compareTo(settings.longest()) > 0) {
      return new TokenChange.TooLong();
    }
    TenantId tenant = Tenants.current();
    // As finely as PostgreSQL keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    TokenView view =
        new TokenView(
            new TokenId(ids.next()),
            wish.label(),
            wish.scopes().stream().map(TokenScope::text).sorted().toList(),
            service,
            by.id(),
            now,
            Optional.empty(),
            now.plus(wish.goodFor()));
    return Scopes.call(
        SCOPE,
        () -> {
          BearerToken secret =
              BearerToken.make(
                  service.isEmpty() ? BearerToken.Kind.PERSONAL : BearerToken.Kind.SERVICE,
                  random,
                  ring);
          return Objects.requireNonNull(
              transaction.execute(status -> made(call, by, tenant, view, secret)));
        });
  }

  private TokenChange made(
      Call call, Caller.Person by, TenantId tenant, TokenView view, BearerToken secret) {
    return switch (insert(by, tenant, view, secret)) {
      case "made" -> {
        RecordId record = acts.made(call, by, tenant, view);
        yield new TokenChange.Made(new Recorded<>(record, view), secret);
      }
      case "ended" -> new TokenChange.Ended();
      case "weak" -> new TokenChange.Weak();
      case "role_changed" -> new TokenChange.Denied(Reason.NOT_ALLOWED);
      case "too_many" -> new TokenChange.TooMany();
      default -> throw new IllegalStateException("identity.make_token gave an unknown answer");
    };
  }

  private String insert(Caller.Person by, TenantId tenant, TokenView view, BearerToken secret) {
    Optional<TokenView.OfService> service = view.service();
    return ops.sql(
            """
            select identity.make_token(:tenant, :token, :hash, :label, :scopes, :maker, :was, :session, :since,
                                       :service, :role, :now, :until, :most)
            """)
        .param("tenant", tenant.value())
        .param("token", view.id().value())
        .param("hash", secret.hash())
        .param("label", view.label())
        .param("scopes", view.scopes().toArray(String[]::new))
        .param("maker", by.id().value())
        .param("was", by.workspace().map(in -> Stored.name(in.role())).orElse(null), Types.VARCHAR)
        .param("session", by.session().value())
        .param("since", view.createdAt().minus(RECENT).atOffset(UTC))
        .param("service", service.map(one -> one.id().value()).orElse(null), Types.OTHER)
        .param("role", service.map(one -> Stored.name(one.role())).orElse(null), Types.VARCHAR)
        .param("now", view.createdAt().atOffset(UTC))
        .param("until", view.expiresAt().atOffset(UTC))
        .param("most", service.isEmpty() ? settings.mostPerPerson() : settings.mostOfServices())
        .query(String.class)
        .single();
  }
}
