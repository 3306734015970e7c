package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.mirror.MirrorWatch;
import java.util.function.Consumer;

/**
 * Appends what is not a change of the database: reads, denials, and what is signed and given away.
 * Safe for use by many threads; made for virtual ones, since each caller waits.
 */
public final class AuditLog {
  private final Committer committer;
  private final Drafts drafts;
  private final Awaited awaited;
  private final MirrorWatch mirror;

  AuditLog(Committer committer, Drafts drafts, Awaited awaited, MirrorWatch mirror) {
    this.committer = committer;
    this.drafts = drafts;
    this.awaited = awaited;
    this.mirror = mirror;
  }

  /**
   * Appends, and returns when the record is durable and stands in its log. Waits at most for the
   * setting {@code cofferdam.audit.deadline}.
   *
   * <p>Call it outside a transaction: it waits for another one. Personal data are written in the
   * bound scope, which must be that of the log.
   */
  public Appended append(Entry entry) {
    return append(entry, record -> {});
  }

  /**
   * The same, for whoever hands the record on with its receipt.
   *
   * @param stands is given the record, byte for byte, once it stands in its log, and not otherwise
   */
  public Appended append(Entry entry, Consumer<byte[]> stands) {
    Draft draft = drafts.draft(entry, false);
    Appended appended = committer.append(draft);
    if (appended instanceof Receipted) {
      stands.accept(draft.record());
    }
    return appended;
  }

  /**
   * The same, for whoever gives something away on the strength of the record: while records of its
   * log do not reach the mirror nothing may be given away, and nothing is appended.
   */
  public Appended appendDisclosure(Entry entry, Consumer<byte[]> stands) {
    return mirror.isAway(entry.log()) ? committer.refused() : append(entry, stands);
  }

  /**
   * The same, for whoever names the record to somebody who asks {@link Receipts} for its receipt,
   * as for one out of the outbox: it is kept there.
   */
  public Appended appendAwaited(Entry entry) {
    Appended appended = append(entry);
    if (appended instanceof Receipted receipted) {
      awaited.expect(receipted.id());
      awaited.land(receipted);
    }
    return appended;
  }
}
