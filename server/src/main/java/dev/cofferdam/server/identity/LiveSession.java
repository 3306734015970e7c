package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as it was read.
 *
 * @param workspace what the session says
 * @param member the same with the role, empty when its person is no member of it any more, or has
 *     signed in less strongly than it asks
 * @param operator whether its person acts as an operator of the platform in it
 * @param emergency that it is for, if it is for one
 * @param number up to where revocations were known before it was read
 */
record LiveSession(
    PersonId person,
    SessionId id,
    Optional<TenantId> workspace,
    Optional<Workspace> member,
    SignIn signIn,
    boolean operator,
    Optional<Emergency> emergency,
    Instant seenAt,
    Instant expiresAt,
    long number) {

  /** In which tenant an operator reads, and until when. */
  record Emergency(TenantId tenant, Instant until) {
    boolean isOpen(Instant now) {
      return now.isBefore(until);
    }
  }

  boolean isAlive(Instant now, Duration idle) {
    return isInTime(now, idle) && (emergency.isEmpty() || emergency.get().isOpen(now));
  }

  private boolean isInTime(Instant now, Duration idle) {
    return now.isBefore(expiresAt) && now.isBefore(seenAt.plus(idle));
  }

  LiveSession seen(Instant at) {
    return new LiveSession(
        person, id, workspace, member, signIn, operator, emergency, at, expiresAt, number);
  }

  Caller.SignedIn caller() {
    if (emergency.isPresent()) {
      return new Caller.Visitor(person, id, emergency.get().tenant(), signIn);
    }
    return operator
        ? new Caller.Operator(person, id, signIn)
        : new Caller.Person(person, id, member, signIn);
  }
}
