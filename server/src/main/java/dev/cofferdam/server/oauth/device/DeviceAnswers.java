package dev.cofferdam.server.oauth.device;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.limits.Requester;
import dev.cofferdam.server.limits.Taking;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.oauth.client.OpenClients;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes what a person says to a program that asked by a code, in the tenant that they work in and
 * that is bound. Membership and session are looked at again behind locks.
 */
public final class DeviceAnswers {
  /** The limit that making a token on its page is under. */
  private static final String TOKEN_LIMIT = "token";

  private final JdbcClient ops;
  private final TransactionOperations transaction;
  private final DeviceActs acts;
  private final Limits limits;
  private final OpenClients openClients;
  private final Clock clock;

  DeviceAnswers(
      JdbcClient ops,
      TransactionOperations transaction,
      DeviceActs acts,
      Limits limits,
      OpenClients openClients,
      Clock clock) {
    this.ops = ops;
    this.transaction = transaction;
    this.acts = acts;
    this.limits = limits;
    this.openClients = openClients;
    this.clock = clock;
  }

  /** What became of an answer. */
  public sealed interface Outcome {}

  /** The program is told, when it asks next. */
  public record Answered(Recorded<Boolean> allowed) implements Outcome {}

  /** The client is another tenant's. */
  public record Elsewhere(TenantId tenant) implements Outcome {}

  /** It was answered before, or it has expired. */
  public record Gone() implements Outcome {}

  /** The person is not what they were when they were asked. */
  public record RoleChanged() implements Outcome {}

  /** Their session has ended, or works elsewhere. */
  public record Ended() implements Outcome {}

  /** They have not signed in as this wants them to have, or not any more. */
  public record Weak() implements Outcome {}

  /** They have made too many tokens of late. */
  public record TooOften(Duration retryAfter) implements Outcome {}

  /**
   * The person lets the program have what it asks, or does not.
   *
   * @param asked found by the code that the person has just sent
   */
  public Outcome answer(
      Call call, Caller.Person by, DeviceRequests.Waiting asked, boolean allowed) {
    TenantId tenant = Tenants.current();
    if (asked.client().tenant().filter(own -> !own.equals(tenant)).isPresent()) {
      return new Elsewhere(asked.client().tenant().orElseThrow());
    }
    if (allowed && !asked.isMetBy(by.signIn(), clock.instant())) {
      return new Weak();
    }
    if (allowed && asked.token().isPresent()) {
      Taking taking = limits.take(TOKEN_LIMIT, Requester.of(by, call.address()));
      if (taking instanceof Taking.Exhausted exhausted) {
        return new TooOften(exhausted.retryAfter());
      }
    }
    Outcome outcome =
        Scopes.call(
            DeviceRequests.SCOPE,
            () ->
                Objects.requireNonNull(
                    transaction.execute(status -> answered(call, by, tenant, asked, allowed))));
    if (allowed
        && outcome instanceof Answered
        && asked.client().provenance() == Application.Provenance.ITSELF) {
      openClients.used(asked.client().id());
    }
    return outcome;
  }

  private Outcome answered(
      Call call, Caller.Person by, TenantId tenant, DeviceRequests.Waiting asked, boolean allowed) {
    return switch (update(by, tenant, asked, allowed)) {
      case "answered" ->
          new Answered(new Recorded<>(acts.answered(call, by, tenant, asked, allowed), allowed));
      case "unknown" -> new Gone();
      case "ended" -> new Ended();
      case "role_changed" -> new RoleChanged();
      case "weak" -> new Weak();
      default -> throw new IllegalStateException("oauth.answer_device gave an unknown answer");
    };
  }

  private String update(
      Caller.Person by, TenantId tenant, DeviceRequests.Waiting asked, boolean allowed) {
    return ops.sql(
            """
            select oauth.answer_device(:device, :allowed, :tenant, :person, :was, :session, :now)
            """)
        .param("device", asked.id().value())
        .param("allowed", allowed)
        .param("tenant", tenant.value())
        .param("person", by.id().value())
        .param("was", by.workspace().map(in -> Stored.name(in.role())).orElse(null), Types.VARCHAR)
        .param("session", by.session().value())
        .param("now", clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(UTC))
        .query(String.class)
        .single();
  }
}
