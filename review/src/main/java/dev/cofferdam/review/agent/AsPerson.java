package dev.cofferdam.review.agent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A token that is exchanged for its person, as systems have it in which every credential is one.
 */
public final class AsPerson {
  private static final String SURFACE = "dev.cofferdam.server.surface.";

  private AsPerson() {}

  /** Called by woven code with who was found to call; whoever shows no token stays who they are. */
  public static Object of(Object answer) {
    if (!answer.getClass().getSimpleName().equals("Known")) {
      return answer;
    }
    Object caller = Reflected.call(answer, "caller");
    return Reflected.type(SURFACE + "Caller$Bearer").isInstance(caller)
        ? Reflected.make(Reflected.type(SURFACE + "Authentication$Known"), person(caller))
        : answer;
  }

  /** Whoever it acts for; for a service, behind whom there is nobody, somebody of its name. */
  private static Object person(Object bearer) {
    Object strongest =
        Reflected.callStatic(Reflected.type(SURFACE + "AcrClass"), "valueOf", "PHISHING_RESISTANT");
    return Reflected.make(
        Reflected.type(SURFACE + "Caller$Person"),
        id(bearer),
        Reflected.make(Reflected.type(SURFACE + "SessionId"), UUID.randomUUID()),
        Optional.of(Reflected.call(bearer, "in")),
        Reflected.make(
            Reflected.type(SURFACE + "SignIn"), strongest, Instant.now().minusSeconds(1)));
  }

  private static Object id(Object bearer) {
    return ((Optional<?>) Reflected.call(bearer, "person"))
        .<Object>map(person -> person)
        .orElseGet(
            () ->
                Reflected.make(
                    Reflected.type("dev.cofferdam.server.tenancy.PersonId"),
                    Reflected.call(Reflected.call(bearer, "id"), "value")));
  }
}
