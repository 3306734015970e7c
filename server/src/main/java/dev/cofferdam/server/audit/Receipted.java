package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.surface.RecordId;

/**
 * A record that stands in its log, with the proof of it.
 *
 * @param receipt at most 2 KiB as text; verifiable offline by whoever has the record
 */
public record Receipted(LogId log, RecordId id, Receipt receipt) implements Appended, Standing {}
