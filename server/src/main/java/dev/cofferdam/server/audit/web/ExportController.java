package dev.cofferdam.server.audit.web;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.read.ExportFormat;
import dev.cofferdam.server.audit.read.Exports;
import dev.cofferdam.server.audit.read.Filter;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Streamed;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Carrying away the log of the tenant that one works in, or what is looked for in it. Each goes as
 * far as the log went when it was asked for; the name of the file says how far.
 */
@RestController
class ExportController {
  /** The same in every archive, so that the command that verifies it is the same. */
  private static final String DIRECTORY = "audit-log";

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Exports exports;

  ExportController(Exports exports) {
    this.exports = exports;
  }

  @GetMapping(path = "/v1/audit/records.jsonl", produces = "application/jsonl")
  @Surface(
      summary = "Exports records as JSON Lines, by filters.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "audit",
      action = "record.export",
      scope = TokenScope.AUDIT_READ,
      sensitive = true,
      problems = ProblemCode.INVALID_FIELD)
  Streamed jsonLines(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "0") long first) {
    return export(
        ExportFormat.JSON_LINES,
        "jsonl",
        new Filter(actor, action, object, outcome, from, to),
        first);
  }

  @GetMapping(path = "/v1/audit/records.csv", produces = "text/csv")
  @Surface(
      summary = "Exports records as CSV, by filters.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "audit",
      action = "record.export",
      scope = TokenScope.AUDIT_READ,
      sensitive = true,
      problems = ProblemCode.INVALID_FIELD)
  Streamed csv(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "0") long first) {
    return export(
        ExportFormat.CSV, "csv", new Filter(actor, action, object, outcome, from, to), first);
  }

  private Streamed export(ExportFormat format, String ending, Filter filter, long first) {
    RecordQuery query = Filters.query(filter, RecordQuery.MOST);
    if (first < 0) {
      throw Refusal.invalid("first").thrown();
    }
    LogId.OfTenant log = new LogId.OfTenant(Tenants.current());
    Head head = head(log);
    return filter.isEmpty()
        ? new Streamed(
            format.mediaType(),
            "audit-%d-%d.%s".formatted(first, head.size() - 1, ending),
            out -> exports.write(log, head, format, first, head.size(), out))
        : new Streamed(
            format.mediaType(),
            "audit-some-of-%d-%d.%s".formatted(first, head.size() - 1, ending),
            out -> exports.write(log, head, format, query, first, out));
  }

  /** All of it in the layout of C2SP tlog-tiles, as one archive. */
  @GetMapping(path = "/v1/audit/log.tar", produces = "application/x-tar")
  @Surface(
      summary =
          "Exports the whole log with its proofs, as files that `cofferdam-node` and tlog tools verify.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "audit",
      action = "record.export",
      scope = TokenScope.AUDIT_READ,
      sensitive = true)
  Streamed tiles() {
    LogId.OfTenant log = new LogId.OfTenant(Tenants.current());
    Head head = head(log);
    return new Streamed(
        "application/x-tar",
        "audit-log-%d.tar".formatted(head.size()),
        out -> exports.writeTiles(log, head, DIRECTORY, out));
  }

  private Head head(LogId log) {
    return exports
        .head(log)
        // Its first record is on its way.
        .orElseThrow(() -> Refusal.of(ProblemCode.UNAVAILABLE).after(SOON).thrown());
  }
}
