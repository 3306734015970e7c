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
 * @param number up to where revocations were known before it was read
 */
record LiveSession(
    PersonId person,
    SessionId id,
    Optional<TenantId> workspace,
    Optional<Workspace> member,
    SignIn signIn,
    Instant seenAt,
    Instant expiresAt,
    long number) {

  boolean isAlive(Instant now, Duration idle) {
    return now.isBefore(expiresAt) && now.isBefore(seenAt.plus(idle));
  }

  LiveSession seen(Instant at) {
    return new LiveSession(person, id, workspace, member, signIn, at, expiresAt, number);
  }

  Caller.Person caller() {
    return new Caller.Person(person, id, member, signIn);
  }
}
