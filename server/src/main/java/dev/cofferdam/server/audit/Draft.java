package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.RecordId;

/**
 * An encoded record that belongs into a log and does not stand there yet.
 *
 * @param fromOutbox whether it leaves the outbox with its leaf
 */
record Draft(LogId log, RecordId id, byte[] record, boolean fromOutbox) {}
