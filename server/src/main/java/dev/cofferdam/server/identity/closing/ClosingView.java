package dev.cofferdam.server.identity.closing;

import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;

/**
 * That a tenant is to be deleted.
 *
 * @param dueAt until when an owner can call it off
 */
public record ClosingView(PersonId requestedBy, Instant requestedAt, Instant dueAt) {}
