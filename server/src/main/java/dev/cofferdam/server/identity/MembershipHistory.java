package dev.cofferdam.server.identity;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Outcome;
import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.Slice;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the people of the bound tenant, for all of its members. Read from the tenant's
 * log, which has it already and which nobody can rewrite: a table of its own could say otherwise.
 */
public final class MembershipHistory {
  /**
   * The acts on the tenant, its people and invites; none on anything that not every member may see.
   */
  private static final List<String> ACTIONS =
      List.of(
          "membership.created",
          "membership.changed",
          "membership.removed",
          "membership.left",
          "ownership.handed_over",
          "invite.created",
          "invite.resent",
          "invite.revoked",
          "invite.accepted",
          "invite.declined",
          "sign_in_policy.changed",
          "tenant.renamed",
          "tenant.deletion_requested",
          "tenant.deletion_agreed",
          "tenant.deletion_scheduled",
          "tenant.deletion_cancelled");

  private final Records records;

  MembershipHistory(Records records) {
    this.records = records;
  }

  /**
   * The events, the newest first. One that was committed a moment ago may be missing until its leaf
   * stands.
   *
   * @param asked its position is one of the log's
   */
  public Page<MembershipEvent> list(PageRequest asked) {
    RecordQuery query = RecordQuery.all(asked.limit()).ending(Outcome.DONE);
    @Nullable String after = asked.after();
    if (after != null) {
      query = query.after(RecordQuery.Position.parse(after));
    }
    Slice slice = records.search(query, ACTIONS);
    return new Page<>(
        slice.records().stream().map(StoredRecord::record).map(MembershipHistory::event).toList(),
        slice.next().map(RecordQuery.Position::toString).orElse(null));
  }

  private static MembershipEvent event(AuditRecord record) {
    @Nullable Party object = record.object();
    return new MembershipEvent(
        record.time(),
        record.action(),
        id("person", record.actor()),
        object == null ? null : id("person", object),
        object == null ? null : id("invite", object),
        record.details().get("role"),
        record.id());
  }

  private static @Nullable UUID id(String kind, Party party) {
    return party.kind().equals(kind) ? UUID.fromString(party.id()) : null;
  }
}
