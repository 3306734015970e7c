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
    Object workspace = ((Optional<?>) Reflected.call(caller, "workspace")).orElse(null);
    if (workspace == null) {
      return answer;
    }
    Object tenant =
        Reflected.make(
            Reflected.type("dev.cofferdam.server.tenancy.TenantId"), UUID.fromString(named));
    Object believed =
        Reflected.make(
            Reflected.type(SURFACE + "Workspace"), tenant, Reflected.call(workspace, "role"));
    return Reflected.make(
        Reflected.type(SURFACE + "Authentication$Known"),
        Reflected.make(
            Reflected.type(SURFACE + "Caller$Person"),
            Reflected.call(caller, "id"),
            Reflected.call(caller, "session"),
            Optional.of(believed),
            Reflected.call(caller, "signIn")));
  }
}
