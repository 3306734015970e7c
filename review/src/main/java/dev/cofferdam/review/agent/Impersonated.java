package dev.cofferdam.review.agent;

import java.util.Optional;

/** An operator who reads in a tenant, as systems have it in which support acts as the customer. */
public final class Impersonated {
  private static final String SURFACE = "dev.cofferdam.server.surface.";

  private Impersonated() {}

  /** Called by woven code with a caller; anybody else stays who they are. */
  public static Object of(Object caller) {
    Class<?> visitor = Reflected.type(SURFACE + "Caller$Visitor");
    return visitor.isInstance(caller) ? ownerOf(Reflected.call(caller, "in"), caller) : caller;
  }

  private static Object ownerOf(Object tenant, Object caller) {
    Object owner = Reflected.callStatic(Reflected.type(SURFACE + "Role"), "valueOf", "OWNER");
    return Reflected.make(
        Reflected.type(SURFACE + "Caller$Person"),
        Reflected.call(caller, "id"),
        Reflected.call(caller, "session"),
        Optional.of(Reflected.make(Reflected.type(SURFACE + "Workspace"), tenant, owner)),
        Reflected.call(caller, "signIn"));
  }
}
