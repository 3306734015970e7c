package dev.cofferdam.server.oauth.exchange;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.Types;
import java.time.Duration;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes rules, by the one function of the database that does. It looks again, behind locks, at what
 * it was decided on: membership, session and sign-in of whoever makes one.
 */
final class MadeRules {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("exchange_rule"));
  private static final Duration RECENT =
      Objects.requireNonNull(Assurance.RECENT_MULTI_FACTOR.maxAge());

  /** How many an issuer may have. */
  private static final int MOST = 50;

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final TrustActs acts;

  MadeRules(JdbcClient ops, TransactionOperations transaction, TrustActs acts) {
    this.ops = ops;
    this.transaction = transaction;
    this.acts = acts;
  }

  /**
   * @param joins whether another rule makes its service already
   */
  TrustChange<RuleView> make(
      Call call, Caller.Person by, TenantId tenant, RuleView rule, boolean joins) {
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(status -> made(call, by, tenant, rule, joins))));
  }

  private TrustChange<RuleView> made(
      Call call, Caller.Person by, TenantId tenant, RuleView rule, boolean joins) {
    return switch (insert(by, tenant, rule, joins)) {
      case "made" ->
          new TrustChange.Done<>(new Recorded<>(acts.made(call, by, tenant, rule), rule));
      case "ended" -> new TrustChange.Ended<>();
      case "weak" -> new TrustChange.Weak<>();
      case "role_changed" -> new TrustChange.Denied<>(Reason.NOT_ALLOWED);
      case "unknown" -> new TrustChange.Unknown<>();
      case "unknown_service" -> new TrustChange.UnknownService<>();
      case "other_role" -> new TrustChange.Wrong<>("role");
      case "too_many" -> new TrustChange.TooMany<>();
      default -> throw new IllegalStateException("oauth.make_exchange_rule gave an unknown answer");
    };
  }

  private String insert(Caller.Person by, TenantId tenant, RuleView rule, boolean joins) {
    return ops.sql(
            """
            select oauth.make_exchange_rule(:tenant, :rule, :issuer, :label, :conditions::jsonb, :service, :joins, :role,
                                            :scopes, :maker, :was, :session, :since, :now, :most)
            """)
        .param("tenant", tenant.value())
        .param("rule", rule.id().value())
        .param("issuer", rule.issuer().value())
        .param("label", rule.label())
        .param("conditions", Condition.stored(rule.conditions()))
        .param("service", rule.service().value())
        .param("joins", joins)
        .param("role", Stored.name(rule.role()))
        .param("scopes", rule.scopes().toArray(String[]::new))
        .param("maker", by.id().value())
        .param("was", by.workspace().map(in -> Stored.name(in.role())).orElse(null), Types.VARCHAR)
        .param("session", by.session().value())
        .param("since", rule.createdAt().minus(RECENT).atOffset(UTC))
        .param("now", rule.createdAt().atOffset(UTC))
        .param("most", MOST)
        .query(String.class)
        .single();
  }
}
