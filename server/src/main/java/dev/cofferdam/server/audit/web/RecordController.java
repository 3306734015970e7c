package dev.cofferdam.server.audit.web;

import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.PersonalRecords;
import dev.cofferdam.server.audit.Proven;
import dev.cofferdam.server.audit.ProvenRecords;
import dev.cofferdam.server.audit.read.Filter;
import dev.cofferdam.server.audit.read.Proofs;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.Slice;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The records of the tenant that one works in. */
@RestController
class RecordController {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Records records;
  private final ProvenRecords proven;
  private final Proofs proofs;
  private final PersonalRecords personal;
  private final AuditSettings settings;

  RecordController(
      Records records,
      ProvenRecords proven,
      Proofs proofs,
      PersonalRecords personal,
      AuditSettings settings) {
    this.records = records;
    this.proven = proven;
    this.proofs = proofs;
    this.personal = personal;
    this.settings = settings;
  }

  private Proven found(UUID id) {
    RecordId record = new RecordId(id);
    return Found.orRefused(proven.find(record), record, settings);
  }

  @GetMapping("/v1/audit/records")
  @Surface(
      summary = "Lists the records of the tenant's log, newest first, by filters.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "audit",
      action = "record.list",
      scope = TokenScope.AUDIT_READ,
      emergency = true,
      sensitive = true,
      problems = ProblemCode.INVALID_FIELD)
  Page<RecordBody> list(
      PageRequest page,
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to) {
    RecordQuery query =
        Filters.query(new Filter(actor, action, object, outcome, from, to), page.limit());
    String after = page.after();
    Slice slice =
        records.search(after == null ? query : query.after(RecordQuery.Position.parse(after)));
    if (slice.unsearched() > 0) {
      // What is newest would be missing, and nobody could tell.
      throw Refusal.of(ProblemCode.UNAVAILABLE).after(SOON).thrown();
    }
    return new Page<>(
        slice.records().stream().map(RecordBody::of).toList(),
        slice.next().map(RecordQuery.Position::toString).orElse(null));
  }

  @GetMapping("/v1/audit/records/{record}")
  @Surface(
      summary = "Reads one record.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "record.read",
      scope = TokenScope.AUDIT_READ,
      emergency = true,
      sensitive = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.RECEIPT_PENDING})
  RecordBody read(@PathVariable UUID record) {
    Proven found = found(record);
    return RecordBody.of(found.receipt().index(), AuditRecord.decode(found.record()));
  }

  /** The record byte for byte, as the log commits to it. */
  @GetMapping(path = "/v1/audit/records/{record}/encoded", produces = "application/octet-stream")
  @Surface(
      summary = "Reads the bytes of one record whose hash is a leaf of the log.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "record.read",
      scope = TokenScope.AUDIT_READ,
      sensitive = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.RECEIPT_PENDING})
  byte[] encoded(@PathVariable UUID record, HttpServletResponse response) {
    byte[] encoded = found(record).record();
    Answered.asFile(record + ".record", response);
    return encoded;
  }

  /** The receipt of the record under the newest checkpoint (C2SP tlog-proof). */
  @GetMapping(path = "/v1/audit/records/{record}/receipt", produces = "text/plain;charset=UTF-8")
  @Surface(
      summary = "Reads the receipt of a record.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "receipt.read",
      scope = TokenScope.AUDIT_READ,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.RECEIPT_PENDING})
  String receipt(@PathVariable UUID record, HttpServletResponse response) {
    String receipt = found(record).receipt().toString();
    Answered.asFile(record + ".receipt", response);
    return receipt;
  }

  /**
   * That a record stands in the tree of the first records.
   *
   * @param hashes base64, the lowest first (RFC 9162 section 2.1.3)
   */
  record Inclusion(UUID recordId, long index, long size, List<String> hashes) {}

  /**
   * @param size of the tree; else the newest that is signed
   */
  @GetMapping("/v1/audit/records/{record}/inclusion")
  @Surface(
      summary = "Proves that a record is in the log under a checkpoint of a given size.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "audit",
      action = "log.prove",
      scope = TokenScope.AUDIT_READ,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.RECEIPT_PENDING, ProblemCode.INVALID_FIELD})
  Inclusion inclusion(
      @PathVariable UUID record,
      @RequestParam(required = false) @Nullable Long size,
      HttpServletResponse response) {
    Proven found = found(record);
    long index = found.receipt().index();
    long of =
        size == null ? Checkpoint.parse(found.receipt().note().text()).size() : size.longValue();
    InclusionProof proof =
        proofs
            .inclusion(found.log(), index, of)
            .orElseThrow(() -> Refusal.invalid("size").thrown());
    if (size != null) {
      Answered.forGood(response);
    }
    return new Inclusion(record, index, of, proof.path().stream().map(Hash::base64).toList());
  }

  /** What a record says of a person. Not printed with the record that it comes in. */
  record Personal(UUID subjectId, Map<String, String> fields) {
    @Override
    public String toString() {
      return "personal data of " + subjectId;
    }
  }

  @GetMapping("/v1/audit/records/{record}/personal")
  @Surface(
      summary = "Reads the personal data that belong to a record, while they can still be opened.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "record.read_personal",
      sensitive = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.GONE})
  Personal personal(@PathVariable UUID record) {
    return switch (personal.find(new RecordId(record))) {
      case PersonalRecords.Found.Known(var data) -> new Personal(data.subject(), data.fields());
      case PersonalRecords.Found.Erased erased -> throw Refusal.of(ProblemCode.GONE).thrown();
      case PersonalRecords.Found.None none -> throw Refusal.notFound().thrown();
    };
  }
}
