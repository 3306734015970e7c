package dev.cofferdam.server.audit.web;

import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.FoundRecord;
import dev.cofferdam.server.audit.Proven;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Refusal;

/** What is answered where a record does not stand in its log. */
final class Found {
  private Found() {}

  static Proven orRefused(FoundRecord found, RecordId id, AuditSettings settings) {
    return switch (found) {
      case Proven proven -> proven;
      case FoundRecord.Pending pending ->
          throw Refusal.of(ProblemCode.RECEIPT_PENDING)
              .after(settings.retryAfter())
              .recordedAs(id)
              .thrown();
      case FoundRecord.None none -> throw Refusal.notFound().thrown();
    };
  }
}
