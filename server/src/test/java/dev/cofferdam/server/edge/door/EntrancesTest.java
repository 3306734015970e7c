package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.planted.rooms.Rooms;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A route that asks for more than one factor within five minutes, to the nanosecond. */
class EntrancesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Authorization POLICIES = Authorization.ofServer(new SimpleMeterRegistry());

  private final MovableClock clock = new MovableClock(NOW);
  private final Entrances entrances = new Entrances(POLICIES, clock);

  private static Surface safe() {
    Method method =
        Arrays.stream(Rooms.class.getDeclaredMethods())
            .filter(one -> one.getName().equals("safe"))
            .findFirst()
            .orElseThrow();
    return method.getAnnotation(Surface.class);
  }

  private Optional<Refusal> refusal(AcrClass acr, Instant at) {
    Caller caller =
        new Caller.Person(
            new PersonId(new UUID(1, 1)),
            new SessionId(new UUID(1, 2)),
            Optional.of(new Workspace(new TenantId(new UUID(1, 3)), Role.OWNER)),
            new SignIn(acr, at));
    Call call = new Call(new RequestId(new UUID(1, 4)), caller, InetAddress.getLoopbackAddress());
    return entrances.refusal(new Visit(call, safe()), true);
  }

  @Test
  void exactlyAsOldAsAllowedIsEnoughAndANanosecondMoreIsNot() {
    clock.advance(Duration.ofMinutes(5));
    assertThat(refusal(AcrClass.MULTI_FACTOR, NOW)).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(refusal(AcrClass.MULTI_FACTOR, NOW)).contains(challenge());
    assertThat(refusal(AcrClass.PHISHING_RESISTANT, NOW)).contains(challenge());
  }

  @Test
  void aSignInOfTheFutureIsNone() {
    assertThat(refusal(AcrClass.MULTI_FACTOR, NOW.plusNanos(1))).contains(challenge());
    clock.advance(Duration.ofNanos(1));
    assertThat(refusal(AcrClass.MULTI_FACTOR, NOW.plusNanos(1))).isEmpty();
  }

  @Test
  void howNewItIsDoesNotMakeItStronger() {
    assertThat(refusal(AcrClass.SINGLE_FACTOR, NOW)).contains(challenge());
    // Whoever says nothing of when, has signed in at the beginning of time.
    assertThat(refusal(AcrClass.PHISHING_RESISTANT, Instant.EPOCH)).contains(challenge());
  }

  private static Refusal challenge() {
    Refusal refusal = Refusal.stepUp(Assurance.RECENT_MULTI_FACTOR).because("assurance");
    assertThat(refusal.code()).isEqualTo(ProblemCode.INSUFFICIENT_USER_AUTHENTICATION);
    return refusal;
  }
}
