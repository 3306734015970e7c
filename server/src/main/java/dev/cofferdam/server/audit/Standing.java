package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.RecordId;

/** Where a record stands: {@link Receipted}, on its way, or nowhere. */
public sealed interface Standing permits Receipted, Standing.Pending, Standing.Unknown {
  /** The record is durable, and its leaf will follow. */
  record Pending(LogId log, RecordId id) implements Standing {}

  /** The log has no such record. */
  record Unknown() implements Standing {}
}
