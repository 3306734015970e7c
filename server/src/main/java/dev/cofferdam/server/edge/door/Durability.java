package dev.cofferdam.server.edge.door;

import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.audit.Appended;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.audit.Receipts;
import dev.cofferdam.server.audit.Standing;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Disclosed;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * INVARIANT: nothing sensitive leaves before its record is durable, nor while records do not reach
 * the mirror. Stands between what a handler returned and the first byte of the answer.
 */
final class Durability {
  static final String RECEIPT = "Cofferdam-Receipt";
  static final String RECORD = "Cofferdam-Record-Id";
  static final String RECORD_ITSELF = "Cofferdam-Record";

  private static final int LARGEST_FIELD = 2048;

  private final AuditLog audit;
  private final Receipts receipts;
  private final AuditSettings settings;

  Durability(AuditLog audit, Receipts receipts, AuditSettings settings) {
    this.audit = audit;
    this.receipts = receipts;
    this.settings = settings;
  }

  /** Returns when there is a record of the visit, or throws what the caller is told instead. */
  void await(
      Visit visit,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object returned) {
    if (returned instanceof Recorded<?> recorded) {
      changed(visit, response, recorded);
    } else if (returned instanceof Disclosed<?> disclosed) {
      disclosed(visit, request, response, disclosed);
    } else if (visit.surface().sensitive() || isVisit(visit)) {
      read(visit, request, response);
    }
  }

  /** Whatever an operator reads in a tenant is worth a record. */
  private static boolean isVisit(Visit visit) {
    return visit.call().caller() instanceof Caller.Visitor
        && visit.surface().access() == Access.TENANT;
  }

  /** Done and recorded in one transaction: what is missing is only the proof. */
  private void changed(Visit visit, HttpServletResponse response, Recorded<?> recorded) {
    RecordId record = recorded.record();
    response.setHeader(RECORD, record.toString());
    for (LogId log : logs(visit, recorded)) {
      switch (standing(log, record)) {
        case Receipted(var in, var id, Receipt receipt) -> {
          carry(response, id, receipt);
          return;
        }
        case Standing.Pending waits -> throw pending(record);
        // Not in this log.
        case Standing.Unknown unknown -> {}
      }
    }
    throw pending(record);
  }

  /**
   * The change stands whatever becomes of the database now: then it is the receipt that is late.
   */
  private Standing standing(LogId log, RecordId record) {
    try {
      return receipts.await(log, record, settings.deadline());
    } catch (DataAccessException | TransactionException away) {
      throw pending(record);
    }
  }

  /** Where a service can have recorded what it did, the likelier one first. */
  private static List<LogId> logs(Visit visit, Recorded<?> recorded) {
    if (recorded.elsewhere().isPresent()) {
      return List.of(new LogId.OfTenant(recorded.elsewhere().get()));
    }
    LogId own = Records.log(visit.call().caller());
    if (own.equals(LogId.PLATFORM)) {
      return List.of(own);
    }
    Access access = visit.surface().access();
    return access == Access.TENANT || access == Access.NODE
        ? List.of(own, LogId.PLATFORM)
        : List.of(LogId.PLATFORM, own);
  }

  private RuntimeException pending(RecordId record) {
    return Refusal.of(ProblemCode.RECEIPT_PENDING)
        .after(settings.retryAfter())
        .recordedAs(record)
        .thrown();
  }

  private void read(Visit visit, HttpServletRequest request, HttpServletResponse response) {
    receipted(response, audit.appendDisclosure(Records.done(visit, request), record -> {}));
  }

  /** What is given away is named in the record, and the record goes along. */
  private void disclosed(
      Visit visit,
      HttpServletRequest request,
      HttpServletResponse response,
      Disclosed<?> disclosed) {
    receipted(
        response,
        audit.appendDisclosure(
            Records.done(visit, request, disclosed),
            record -> {
              String text = Base64.getEncoder().encodeToString(record);
              if (text.length() <= LARGEST_FIELD) {
                response.setHeader(RECORD_ITSELF, text);
              }
            }));
    disclosed.fields().forEach(response::setHeader);
  }

  private static void receipted(HttpServletResponse response, Appended appended) {
    switch (appended) {
      case Receipted(var log, var id, Receipt receipt) -> {
        response.setHeader(RECORD, id.toString());
        carry(response, id, receipt);
      }
      case Appended.Unavailable(var wait) ->
          throw Refusal.of(ProblemCode.AUDIT_UNAVAILABLE).after(wait).thrown();
    }
  }

  private static void carry(HttpServletResponse response, RecordId record, Receipt receipt) {
    String text =
        Base64.getEncoder().encodeToString(receipt.toString().getBytes(StandardCharsets.UTF_8));
    if (text.length() <= LARGEST_FIELD) {
      response.setHeader(RECEIPT, text);
    } else {
      response.addHeader("Link", "</v1/receipts/%s>; rel=\"receipt\"".formatted(record));
    }
  }
}
