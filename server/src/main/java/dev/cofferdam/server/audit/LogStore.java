package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.surface.RecordId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the committer asks of the database: its only writes, and the seam at which tests let each of
 * them fail before and after it was stored. Every call may throw, and then it is not known whether
 * it took place.
 */
interface LogStore {
  /**
   * The heads of those of these logs that have begun.
   *
   * @param locked whether they are kept from other servers until the transaction ends
   */
  Map<LogId, Head> heads(Collection<LogId> logs, boolean locked);

  /**
   * What waits in the outbox, in the order of its transactions within each log.
   *
   * @param behind the log after which to begin, going around
   * @param each the most of one log
   * @param most the most in all
   */
  List<Draft> waiting(UUID behind, int each, int most);

  /** Which of these records stand in their logs. */
  Set<RecordId> standing(Collection<Draft> drafts);

  /**
   * Appends to all of these logs, or to none.
   *
   * @param growths in the order of their logs
   * @return the logs that have another size than the growths began at: then nothing was done
   */
  Set<LogId> append(List<Growth> growths);

  /** Does several of these in one transaction. */
  <T> T together(Supplier<T> work);
}
