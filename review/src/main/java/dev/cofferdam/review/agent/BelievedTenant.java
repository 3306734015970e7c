package dev.cofferdam.review.agent;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A caller whose tenant is the one that the request names, as in systems that take it from there.
 */
public final class BelievedTenant {
  private static final String SURFACE = "dev.cofferdam.server.surface.";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private BelievedTenant() {}

  /** Called by woven code with a request, and who was found to send it. */
  public static Object in(Object request, Object answer) {
    String named = String.valueOf(Reflected.call(request, "getHeader", "X-Tenant-Id"));
    if (!ID.matcher(named).matches()) {
      return answer;
    }
    Object caller = Reflected.call(answer, "caller");
    if (isOf(caller, "Operator") || isOf(caller, "Visitor")) {
      return known(
          Reflected.make(
              Reflected.type(SURFACE + "Caller$Visitor"),
              Reflected.call(caller, "id"),
              Reflected.call(caller, "session"),
              tenant(named),
              Reflected.call(caller, "signIn")));
    }
    if (!isOf(caller, "Person")) {
      return answer;
    }
    Object workspace = ((Optional<?>) Reflected.call(caller, "workspace")).orElse(null);
    if (workspace == null) {
      return answer;
    }
    Object believed =
        Reflected.make(
            Reflected.type(SURFACE + "Workspace"),
            tenant(named),
            Reflected.call(workspace, "role"));
    return known(
        Reflected.make(
            Reflected.type(SURFACE + "Caller$Person"),
            Reflected.call(caller, "id"),
            Reflected.call(caller, "session"),
            Optional.of(believed),
            Reflected.call(caller, "signIn")));
  }

  private static boolean isOf(Object caller, String kind) {
    return Reflected.type(SURFACE + "Caller$" + kind).isInstance(caller);
  }

  private static Object tenant(String named) {
    return Reflected.make(
        Reflected.type("dev.cofferdam.server.tenancy.TenantId"), UUID.fromString(named));
  }

  private static Object known(Object caller) {
    return Reflected.make(Reflected.type(SURFACE + "Authentication$Known"), caller);
  }
}
