package dev.cofferdam.server.audit.web;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.OwnReceipts;
import dev.cofferdam.server.audit.Proven;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Surface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What became of one's own acts, and the proof. */
@RestController
class ReceiptController {
  private final OwnReceipts receipts;
  private final PublishedKeys keys;
  private final AuditSettings settings;

  ReceiptController(OwnReceipts receipts, PublishedKeys keys, AuditSettings settings) {
    this.receipts = receipts;
    this.keys = keys;
    this.settings = settings;
  }

  /**
   * An act as its log commits to it.
   *
   * @param log {@code platform}, or {@code tenant/} and the tenant's id
   * @param record its text, whose bytes in UTF-8 are what the log commits to
   * @param receipt C2SP tlog-proof
   * @param keys any of which may have signed it. Whoever trusts nobody has them from elsewhere
   */
  record Body(
      UUID recordId,
      String log,
      long index,
      long size,
      String record,
      String receipt,
      List<String> keys) {}

  @GetMapping("/v1/receipts/{record}")
  @Surface(
      summary = "Reads the receipt of what the caller did, in whichever log it stands.",
      access = Access.PERSON,
      limit = "read",
      action = "receipt.read",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.RECEIPT_PENDING})
  Body read(Call call, @PathVariable UUID record) {
    RecordId id = new RecordId(record);
    return body(record, Found.orRefused(receipts.find(call.caller(), id), id, settings));
  }

  private Body body(UUID id, Proven found) {
    Checkpoint checkpoint = Checkpoint.parse(found.receipt().note().text());
    return new Body(
        id,
        found.log().name(),
        found.receipt().index(),
        checkpoint.size(),
        new String(found.record(), StandardCharsets.UTF_8),
        found.receipt().toString(),
        keys.of(found.log(), checkpoint.origin()).stream().map(NoteKey::toString).toList());
  }
}
