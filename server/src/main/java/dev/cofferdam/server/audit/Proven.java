package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.log.Receipt;

/**
 * A record as its log commits to it, and the proof that it does.
 *
 * @param record byte for byte
 */
public record Proven(LogId log, byte[] record, Receipt receipt) implements FoundRecord {}
