package dev.cofferdam.server.oauth.device;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.oauth.authorization.NewGrants;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A device code for the first tokens of a grant, once somebody has allowed it (RFC 8628, sections
 * 3.4 and 3.5). What begins is a grant as by any other consent.
 */
final class DeviceGrant implements GrantType {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("oauth"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final NewGrants grants;
  private final RingMac ring;
  private final Clock clock;

  DeviceGrant(
      JdbcClient ops,
      TransactionOperations transaction,
      NewGrants grants,
      RingMac ring,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.grants = grants;
    this.ring = ring;
    this.clock = clock;
  }

  @Override
  public String name() {
    return DEVICE_CODE;
  }

  /**
   * What a question came to.
   *
   * @param tenant in which it was answered
   */
  private record Poll(String answer, @Nullable UUID tenant) {
    static Poll of(ResultSet row) throws SQLException {
      return new Poll(row.getString("answer"), row.getObject("tenant", UUID.class));
    }
  }

  @Override
  public TokenAnswer redeem(TokenRequest request, AuthenticatedClient client) {
    Optional<DeviceCode> code = DeviceCode.of(request.form().get("device_code"), ring);
    // Before the code is used up: a scope that there is none of costs nobody their answer.
    request.scopes();
    if (code.isEmpty()) {
      return refused(ProblemCode.INVALID_GRANT);
    }
    Poll poll = poll(request, client, code.get());
    return switch (poll.answer()) {
      case "unknown" -> refused(ProblemCode.INVALID_GRANT);
      case "expired" -> refused(ProblemCode.EXPIRED_TOKEN);
      case "pending" -> refused(ProblemCode.AUTHORIZATION_PENDING);
      case "slow_down" -> refused(ProblemCode.SLOW_DOWN);
      case "denied" -> refused(ProblemCode.ACCESS_DENIED);
      case "answered" ->
          begin(request, client, code.get(), new TenantId(Objects.requireNonNull(poll.tenant())));
      default -> throw new IllegalStateException("oauth.poll_device gave an unknown answer");
    };
  }

  private static TokenAnswer refused(ProblemCode code) {
    return new TokenAnswer.Refused(Refusal.of(code));
  }

  private Poll poll(TokenRequest request, AuthenticatedClient client, DeviceCode code) {
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        ops.sql(
                                """
                                select answer, tenant from oauth.poll_device(:device, :hash, :client, :issuer, :now)
                                """)
                            .param("device", code.device())
                            .param("hash", code.hash())
                            .param("client", client.client().id().value())
                            .param("issuer", request.issuer().origin())
                            .param(
                                "now", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(UTC))
                            .query((row, n) -> Poll.of(row))
                            .single())));
  }

  /** The row decides, under its lock: between the question and this it may have been redeemed. */
  private TokenAnswer begin(
      TokenRequest request, AuthenticatedClient client, DeviceCode code, TenantId tenant) {
    return grants.begin(
        request,
        client,
        tenant,
        grant ->
            grant.fill(
                ops.sql(
                        """
                        select answer, begun, person, for_scopes, role, signed_acr, signed_at
                          from oauth.redeem_device(:tenant, :device, :hash, :client, :issuer, :jkt, :grant, :refresh, :now,
                                                   :until, :ends, :most)
                        """)
                    .param("device", code.device())
                    .param("hash", code.hash())
                    .param("client", client.client().id().value())
                    .param("issuer", request.issuer().origin())
                    .param(
                        "jkt",
                        request.boundTo().map(KeyThumbprint::value).orElse(null),
                        Types.VARCHAR)));
  }
}
