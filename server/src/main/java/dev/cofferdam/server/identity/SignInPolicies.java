package dev.cofferdam.server.identity;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * How strongly one must have signed in to work in the tenant that is bound. Held against when a
 * workspace is chosen, and with every request in it: a session that is too weak works in none.
 */
public final class SignInPolicies {
  private final JdbcClient app;
  private final TransactionOperations transaction;
  private final Authorization authorization;
  private final Acts acts;
  private final Sessions sessions;
  private final Clock clock;

  SignInPolicies(
      JdbcClient app,
      TransactionOperations transaction,
      Authorization authorization,
      Acts acts,
      Sessions sessions,
      Clock clock) {
    this.app = app;
    this.transaction = transaction;
    this.authorization = authorization;
    this.acts = acts;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param version counts the changes; 0 when nobody has asked for anything yet
   */
  public record Policy(AcrClass least, long version) {}

  /** What became of the wish for another one. */
  public sealed interface Change {
    record Done(Recorded<Policy> policy) implements Change {}

    record Denied(Reason reason) implements Change {}

    /** The caller's own sign-in is weaker than that: they would shut themselves out. */
    record TooWeak(AcrClass least) implements Change {}

    /** The caller has signed in at the tenant's own provider, not at the platform's. */
    record OwnProvider() implements Change {}

    /** It is not at the version that the caller has read. */
    record Outdated() implements Change {}
  }

  public Policy current() {
    return app.sql(
            "select least_acr, version from identity.sign_in_policy where tenant_id = :tenant")
        .param("tenant", Tenants.current().value())
        .query(
            (row, n) ->
                new Policy(
                    Stored.of(AcrClass.class, row.getString("least_acr")), row.getLong("version")))
        .optional()
        .orElseGet(() -> new Policy(AcrClass.SINGLE_FACTOR, 0));
  }

  /** Asks for at least this. Takes effect on every server within a second, also for who is in. */
  public Change change(Call call, Caller.Person by, AcrClass least, IfMatch read) {
    Facts facts =
        Facts.of(
            by, Action.CHANGE_TENANT, Tenants.current(), new Matter.OnTenant(), clock.instant());
    if (authorization.decide(facts) instanceof Decision.Denied(Reason reason)) {
      return new Change.Denied(reason);
    }
    if (by.signIn().acr().compareTo(least) < 0) {
      return new Change.TooWeak(least);
    }
    // What a tenant's own provider calls strong must not keep those out who could mend it.
    if (sessions.provider(by).isPresent()) {
      return new Change.OwnProvider();
    }
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Policy before = current();
              if (!read.matches(ETag.ofVersion(before.version()))
                  || !written(least, before.version())) {
                return new Change.Outdated();
              }
              RecordId record = acts.policyChanged(call, by.id(), Tenants.current(), least);
              return new Change.Done(
                  new Recorded<>(record, new Policy(least, before.version() + 1)));
            }));
  }

  /** Of two who read the same version one writes. */
  private boolean written(AcrClass least, long version) {
    String sql =
        version == 0
            ? """
              insert into identity.sign_in_policy (tenant_id, least_acr, version, changed_at)
              values (:tenant, :least, :version + 1, :now) on conflict do nothing
              """
            : """
              update identity.sign_in_policy set least_acr = :least, version = version + 1, changed_at = :now
               where tenant_id = :tenant and version = :version
              """;
    return app.sql(sql)
            .param("tenant", Tenants.current().value())
            .param("least", Stored.name(least))
            .param("version", version)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }
}
