package dev.cofferdam.server.console;

import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.FoundRecord;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.PersonalRecords;
import dev.cofferdam.server.audit.Proven;
import dev.cofferdam.server.audit.ProvenRecords;
import dev.cofferdam.server.audit.read.Filter;
import dev.cofferdam.server.audit.read.Proofs;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.Slice;
import dev.cofferdam.server.audit.read.TenantKeys;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Cursors;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.Tenants;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log of the tenant that one works in. */
@RestController
class AuditPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final int A_PAGE = 25;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Pages pages;
  private final Records records;
  private final ProvenRecords proven;
  private final PersonalRecords personal;
  private final Proofs proofs;
  private final TenantKeys keys;
  private final Cursors cursors;
  private final AuditSettings settings;

  AuditPages(
      Pages pages,
      Records records,
      ProvenRecords proven,
      PersonalRecords personal,
      Proofs proofs,
      TenantKeys keys,
      Cursors cursors,
      AuditSettings settings) {
    this.pages = pages;
    this.records = records;
    this.proven = proven;
    this.personal = personal;
    this.proofs = proofs;
    this.keys = keys;
    this.cursors = cursors;
    this.settings = settings;
  }

  @GetMapping(path = "/audit", produces = HTML)
  @Surface(
      summary = "Page: the records of the tenant's log, newest first, with filters.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "audit",
      action = "record.list",
      emergency = true,
      sensitive = true,
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.INVALID_CURSOR})
  String list(
      Call call,
      Caller.SignedIn caller,
      PresentedSession session,
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String object,
      @RequestParam(defaultValue = "") String outcome,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String cursor,
      HttpServletResponse response) {
    LookedFor form =
        new LookedFor(
            actor.strip(), action.strip(), object.strip(), outcome, from.strip(), to.strip(), null);
    return switch (form.filter().read(A_PAGE)) {
      case Filter.Read.Wrong(String field) -> {
        response.setStatus(ProblemCode.INVALID_FIELD.status());
        yield page(call, session, form.wrongAt(field), List.of(), "", false);
      }
      case Filter.Read.Good(RecordQuery query) -> {
        String list = "console " + form.filter();
        Slice slice = records.search(at(query, caller, list, cursor));
        if (slice.unsearched() > 0) {
          // What is newest would be missing, and nobody could tell.
          throw Refusal.of(ProblemCode.UNAVAILABLE).after(SOON).thrown();
        }
        String older =
            slice.next().map(last -> cursors.seal(caller, list, last.toString())).orElse("");
        yield page(
            call,
            session,
            form,
            slice.records().stream().map(one -> RecordLine.of(one, caller)).toList(),
            older,
            !cursor.isEmpty());
      }
    };
  }

  private RecordQuery at(RecordQuery query, Caller caller, String list, String cursor) {
    return cursor.isEmpty()
        ? query
        : query.after(
            cursors
                .open(caller, list, cursor)
                .map(RecordQuery.Position::parse)
                .orElseThrow(() -> Refusal.of(ProblemCode.INVALID_CURSOR).thrown()));
  }

  private String page(
      Call call,
      PresentedSession session,
      LookedFor form,
      List<RecordLine> found,
      String older,
      boolean later) {
    return pages.render(
        "audit",
        "Audit log",
        "/audit",
        call,
        session,
        Map.of("form", form, "records", found, "older", older, "later", later));
  }

  @GetMapping(path = "/audit/records/{record}", produces = HTML)
  @Surface(
      summary = "Page: one record, with its receipt.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "record.read",
      emergency = true,
      sensitive = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.RECEIPT_PENDING})
  String read(
      Call call, Caller.SignedIn caller, PresentedSession session, @PathVariable UUID record) {
    RecordId id = new RecordId(record);
    return switch (proven.find(id)) {
      case Proven found ->
          pages.render(
              "record",
              "Record",
              "/audit/records",
              call,
              session,
              Map.of("card", RecordCard.of(found, caller), "key", activeKey()));
      case FoundRecord.Pending pending ->
          throw Refusal.of(ProblemCode.RECEIPT_PENDING)
              .after(settings.retryAfter())
              .recordedAs(id)
              .thrown();
      case FoundRecord.None none -> throw Refusal.notFound().thrown();
    };
  }

  private String activeKey() {
    return keys.history().stream()
        .flatMap(known -> known.key().stream())
        .findFirst()
        .map(Object::toString)
        .orElse("");
  }

  @GetMapping(path = "/audit/records/{record}/personal", produces = HTML)
  @Surface(
      summary = "Page: one record with the personal data that belong to it.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "record.read_personal",
      sensitive = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.GONE})
  String personal(Call call, PresentedSession session, @PathVariable UUID record) {
    Map<String, Object> model = new HashMap<>();
    model.put("record", record.toString());
    switch (personal.find(new RecordId(record))) {
      case PersonalRecords.Found.Known(var data) -> {
        model.put("subject", data.subject().toString());
        model.put("fields", new TreeMap<>(data.fields()));
      }
      case PersonalRecords.Found.Erased erased -> throw Refusal.of(ProblemCode.GONE).thrown();
      case PersonalRecords.Found.None none -> throw Refusal.notFound().thrown();
    }
    return pages.render("personal", "Personal data", "/audit/records", call, session, model);
  }

  @GetMapping(path = "/audit/verify", produces = HTML)
  @Surface(
      summary = "Page: how to verify the log without this server, with its keys.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "log.prove")
  String verify(Call call, PresentedSession session) {
    Optional<Note> checkpoint = proofs.checkpoint(new LogId.OfTenant(Tenants.current()));
    return pages.render(
        "verify",
        "Verify the log",
        "/audit/verify",
        call,
        session,
        Map.of(
            "checkpoint",
            checkpoint.map(Note::toString).orElse(""),
            "keys",
            keys.history().stream().map(KeyLine::of).toList(),
            "key",
            activeKey()));
  }
}
