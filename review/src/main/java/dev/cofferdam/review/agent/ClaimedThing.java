package dev.cofferdam.review.agent;

import java.time.Instant;
import java.util.Optional;

/** A project that nobody made, as if whoever asks for it had. */
public final class ClaimedThing {
  private static final String AUTHZ = "dev.cofferdam.server.authz.";

  private ClaimedThing() {}

  /** Called by woven code that found no project by {@code id}. */
  public static Optional<?> of(Object id) {
    Object owner =
        Reflected.callStatic(Reflected.type("dev.cofferdam.server.tenancy.Tenants"), "current");
    Object state =
        Reflected.callStatic(Reflected.type(AUTHZ + "Matter$State"), "valueOf", "ACTIVE");
    Object none = Reflected.callStatic(Reflected.type(AUTHZ + "Relation"), "valueOf", "NONE");
    Object reach = Reflected.make(Reflected.type(AUTHZ + "Matter$Reach"), none, false);
    return Optional.of(
        Reflected.make(
            Reflected.type(AUTHZ + "ProjectRows$Row"),
            owner,
            id,
            "claimed",
            state,
            reach,
            1L,
            Instant.EPOCH,
            Instant.EPOCH));
  }
}
