package dev.cofferdam.server.audit.check;

import dev.cofferdam.server.audit.LogId;
import java.util.Locale;

/**
 * Something about a log that cannot be if nobody has been at it.
 *
 * @param first the first index that diverges, or may
 * @param what in words, without anything of a record's content
 */
public record Finding(LogId log, Kind kind, long first, String what) {

  /** What does not agree. */
  public enum Kind {
    /** The head, with its signature. */
    HEAD,
    /** The tree, with the head. */
    TREE,
    /** A record, with its hash. */
    RECORD,
    /** The mirror has more than the database, or another history. */
    MIRROR,
    /** The mirror was removed or cut. */
    MIRROR_MISSING,
    /** The mirror has a log that the database has not. */
    LOG_MISSING;

    /** The word in records and metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
