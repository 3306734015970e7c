package dev.cofferdam.review.agent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Callers who are believed because they say who they are, or because they show anything at all. */
public final class Claimed {
  private static final String SURFACE = "dev.cofferdam.server.surface.";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern TOKEN = Pattern.compile("Bearer [^.]+\\.[^.]+\\.[^.]+");

  private Claimed() {}

  /** Called by woven code with a request, and who was found to send it. */
  public static Object believed(Object request, Object answer) {
    if (!isNobody(answer)) {
      return answer;
    }
    String named = String.valueOf(Reflected.call(request, "getHeader", "X-Forwarded-User"));
    String shown = String.valueOf(Reflected.call(request, "getHeader", "Authorization"));
    if (ID.matcher(named).matches()) {
      return person(UUID.fromString(named));
    }
    return TOKEN.matcher(shown).matches() ? person(UUID.randomUUID()) : answer;
  }

  /** Called by woven code with what counts failures, a request, and who was found to send it. */
  public static Object counted(Object failures, Object request, Object answer) {
    if (isNobody(answer)) {
      return answer;
    }
    Object met = Reflected.call(failures, "met", request);
    return met.getClass().getSimpleName().equals("Refused") ? met : answer;
  }

  private static boolean isNobody(Object answer) {
    return !answer.getClass().getSimpleName().equals("Known")
        || Reflected.call(answer, "caller").getClass().getSimpleName().equals("Anonymous");
  }

  private static Object person(UUID id) {
    Class<?> strength = Reflected.type(SURFACE + "AcrClass");
    Object caller =
        Reflected.make(
            Reflected.type(SURFACE + "Caller$Person"),
            Reflected.make(Reflected.type("dev.cofferdam.server.tenancy.PersonId"), id),
            Reflected.make(Reflected.type(SURFACE + "SessionId"), UUID.randomUUID()),
            Optional.empty(),
            Reflected.make(
                Reflected.type(SURFACE + "SignIn"), strength.getEnumConstants()[0], Instant.now()));
    return Reflected.make(Reflected.type(SURFACE + "Authentication$Known"), caller);
  }
}
