package dev.cofferdam.server.oauth.device;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.token.AllowedTokens;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.LastingToken;
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
 * 3.4 and 3.5). What begins is a grant as by any other consent; or, where that was asked, there is
 * a token of the person's own.
 */
final class DeviceGrant implements GrantType {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("oauth"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final NewGrants grants;
  private final AllowedTokens tokens;
  private final RingMac ring;
  private final Clock clock;

  DeviceGrant(
      JdbcClient ops,
      TransactionOperations transaction,
      NewGrants grants,
      AllowedTokens tokens,
      RingMac ring,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.grants = grants;
    this.tokens = tokens;
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
   * @param token whether a token of the person's own was asked for
   */
  private record Poll(String answer, @Nullable UUID tenant, boolean token) {
    static Poll of(ResultSet row) throws SQLException {
      return new Poll(
          row.getString("answer"), row.getObject("tenant", UUID.class), row.getBoolean("a_token"));
    }

    TenantId in() {
      return new TenantId(Objects.requireNonNull(tenant));
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
          poll.token()
              ? fetch(request, client, code.get(), poll.in())
              : begin(request, client, code.get(), poll.in());
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
                                select answer, tenant, a_token from oauth.poll_device(:device, :hash, :client, :issuer, :now)
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

  /** The same for a token: made now, as it was allowed, and in no other way. */
  private TokenAnswer fetch(
      TokenRequest request, AuthenticatedClient client, DeviceCode code, TenantId tenant) {
    AllowedTokens.Fetched fetched =
        tokens.fetch(
            request.call(),
            tenant,
            client.client().id().value(),
            () ->
                ops.sql(
                        """
                        select answer, token_made, person, label, for_scopes, expires
                          from oauth.redeem_device_token(:tenant, :device, :hash, :client, :issuer, :token, :token_hash,
                                                         :now, :most)
                        """)
                    .param("tenant", tenant.value())
                    .param("device", code.device())
                    .param("hash", code.hash())
                    .param("client", client.client().id().value())
                    .param("issuer", request.issuer().origin()));
    return switch (fetched) {
      case AllowedTokens.Made(var record, var token, var secret) ->
          new TokenAnswer.Made(record, tenant, LastingToken.of(token, secret));
      case AllowedTokens.Lost lost -> refused(ProblemCode.ACCESS_DENIED);
      case AllowedTokens.Unknown unknown -> refused(ProblemCode.INVALID_GRANT);
      // Recorded as what it was, and no second time as a denial.
      case AllowedTokens.Reused(var record) ->
          new TokenAnswer.Refused(Refusal.of(ProblemCode.INVALID_GRANT).recordedAs(record));
    };
  }
}
