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
    if (Reflected.type(SURFACE + "Caller$Bearer").isInstance(caller)) {
      return known(caller, Optional.of(Reflected.call(caller, "in")));
    }
    return Reflected.type(SURFACE + "Caller$Node").isInstance(caller)
        ? known(caller, Optional.empty())
        : answer;
  }

  /** Whoever it acts for, in the workspace that it has. */
  private static Object known(Object caller, Optional<?> workspace) {
    Object strongest =
        Reflected.callStatic(Reflected.type(SURFACE + "AcrClass"), "valueOf", "PHISHING_RESISTANT");
    Object person =
        Reflected.make(
            Reflected.type(SURFACE + "Caller$Person"),
            id(caller),
            Reflected.make(Reflected.type(SURFACE + "SessionId"), UUID.randomUUID()),
            workspace,
            Reflected.make(
                Reflected.type(SURFACE + "SignIn"), strongest, Instant.now().minusSeconds(1)));
    return Reflected.make(Reflected.type(SURFACE + "Authentication$Known"), person);
  }

  /** For a service or a node, behind whom there is nobody, somebody of its name. */
  private static Object id(Object caller) {
    return ((Optional<?>) Reflected.call(caller, "person"))
        .<Object>map(person -> person)
        .orElseGet(
            () ->
                Reflected.make(
                    Reflected.type("dev.cofferdam.server.tenancy.PersonId"),
                    Reflected.call(Reflected.call(caller, "id"), "value")));
  }
}
