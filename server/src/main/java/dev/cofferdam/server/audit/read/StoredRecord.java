package dev.cofferdam.server.audit.read;

import dev.cofferdam.protocol.record.AuditRecord;

/**
 * A record where it stands.
 *
 * @param index in its log, from 0
 */
public record StoredRecord(long index, AuditRecord record) {}
