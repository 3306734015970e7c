package dev.cofferdam.server.oauth.authorization;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.oauth.client.OpenClients;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Recorded;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a person's consent, in the tenant that they work in and that is bound: makes a code for the
 * client. Membership and session are looked at again behind locks.
 */
public final class Consents {
  /** How long a code waits for its client: as long as a redirect takes. */
  static final Duration GOOD_FOR = Duration.ofSeconds(60);

  /** How many wait at once for one person. */
  private static final int MOST = 20;

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("consent"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final RingMac ring;
  private final SecureRandom random;
  private final GrantActs acts;
  private final OpenClients openClients;
  private final Clock clock;

  Consents(
      JdbcClient ops,
      TransactionOperations transaction,
      RingMac ring,
      SecureRandom random,
      GrantActs acts,
      OpenClients openClients,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.ring = ring;
    this.random = random;
    this.acts = acts;
    this.openClients = openClients;
    this.clock = clock;
  }

  /**
   * The person lets the client have what it asks for.
   *
   * @param request read from what the person has just sent, and met by their sign-in
   */
  public ConsentOutcome give(Call call, Caller.Person by, AuthorizationRequest request) {
    TenantId tenant = Tenants.current();
    if (request.client().tenant().filter(own -> !own.equals(tenant)).isPresent()) {
      return new ConsentOutcome.Elsewhere();
    }
    AuthorizationCode code = AuthorizationCode.make(tenant, random, ring);
    ConsentOutcome outcome =
        Scopes.call(
            SCOPE,
            () ->
                Objects.requireNonNull(
                    transaction.execute(status -> given(call, by, tenant, request, code))));
    if (outcome instanceof ConsentOutcome.Given
        && request.client().provenance() == Application.Provenance.ITSELF) {
      openClients.used(request.client().id());
    }
    return outcome;
  }

  private ConsentOutcome given(
      Call call,
      Caller.Person by,
      TenantId tenant,
      AuthorizationRequest request,
      AuthorizationCode code) {
    return switch (insert(by, tenant, request, code)) {
      case "made" ->
          new ConsentOutcome.Given(
              new Recorded<>(
                  acts.consented(call, by, tenant, request.client().id(), request.scopes()), code));
      case "ended" -> new ConsentOutcome.Ended();
      case "role_changed" -> new ConsentOutcome.RoleChanged();
      case "too_many" -> new ConsentOutcome.TooMany();
      default -> throw new IllegalStateException("oauth.make_code gave an unknown answer");
    };
  }

  private String insert(
      Caller.Person by, TenantId tenant, AuthorizationRequest request, AuthorizationCode code) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return ops.sql(
            """
            select oauth.make_code(:tenant, :hash, :client, :name, :person, :was, :session, :uri, :challenge, :scopes,
                                   :jkt, :now, :until, :most)
            """)
        .param("tenant", tenant.value())
        .param("hash", code.hash())
        .param("client", request.client().id().value())
        .param("name", request.client().name())
        .param("person", by.id().value())
        .param("was", by.workspace().map(in -> Stored.name(in.role())).orElse(null), Types.VARCHAR)
        .param("session", by.session().value())
        .param("uri", request.to().redirectUri().text())
        .param("challenge", request.challenge())
        .param(
            "scopes",
            request.scopes().stream().map(TokenScope::text).sorted().toArray(String[]::new))
        .param("jkt", request.boundTo().map(KeyThumbprint::value).orElse(null), Types.VARCHAR)
        .param("now", now.atOffset(UTC))
        .param("until", now.plus(GOOD_FOR).atOffset(UTC))
        .param("most", MOST)
        .query(String.class)
        .single();
  }
}
