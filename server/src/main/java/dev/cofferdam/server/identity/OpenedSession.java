package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.PersonId;

/**
 * A session that has just begun.
 *
 * @param handle goes into {@link SessionCookie#of} and nowhere else
 * @param record that it began
 */
public record OpenedSession(
    PersonId person, SessionId session, SessionHandle handle, RecordId record) {}
