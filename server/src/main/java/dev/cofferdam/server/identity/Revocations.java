package dev.cofferdam.server.identity;

import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What this server knows of the sequence of revocations. Whoever remembers something of a subject
 * (a person, later a node) keeps the {@link #number} that was current before it was read, and uses
 * it only while {@link #holds} says so.
 *
 * <p>Revocations are committed in the order of their numbers, so having seen one means having seen
 * all before it. Safe for use by many threads; {@link #follow} is called by one.
 */
public final class Revocations {
  /** How old the last successful look may be for anything remembered to be used. */
  public static final Duration FRESHNESS = Duration.ofSeconds(1);

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("revocation"));
  private static final int REMEMBERED = 100_000;

  private final LongFunction<List<Revoked>> sequence;
  private final Clock clock;
  private final Map<UUID, Long> newest = new ConcurrentHashMap<>();
  private final Deque<Revoked> order = new ArrayDeque<>();
  // What is added to the database's numbers, so that ours never fall: not even when it is an older
  // database than before.
  private long offset;
  // INVARIANT: newest and floor are written before seen, so that whoever reads seen first sees
  // them.
  private volatile long floor;
  private volatile Seen seen = new Seen(0, OffsetDateTime.MIN, Instant.MIN);

  /**
   * What the last successful look saw.
   *
   * @param madeAt when the newest revocation was made, by the database
   * @param at when the look began
   */
  private record Seen(long number, OffsetDateTime madeAt, Instant at) {}

  /**
   * One of the sequence.
   *
   * @param subject null in the first of an answer, which tells the newest number there is
   * @param revokedAt by the database
   */
  record Revoked(long number, @Nullable UUID subject, OffsetDateTime revokedAt) {}

  /**
   * @param sequence what was revoked from a number on, behind the newest number
   */
  Revocations(LongFunction<List<Revoked>> sequence, Clock clock) {
    this.sequence = sequence;
    this.clock = clock;
  }

  /** As the database has it. */
  static Revocations of(JdbcClient ops, Clock clock) {
    return new Revocations(
        known ->
            Scopes.call(
                SCOPE,
                () ->
                    ops.sql("select number, subject, revoked_at from identity.revocations(:since)")
                        .param("since", known)
                        .query(Revoked.class)
                        .list()),
        clock);
  }

  /** Up to where the sequence is known: to be asked before what is remembered is read. */
  public long number() {
    return seen.number();
  }

  /**
   * Whether what was read of {@code subject} at {@code number} may still be used: nothing was
   * revoked since, and that is known to be so of a second ago or less.
   */
  public boolean holds(UUID subject, long number) {
    if (!isFresh() || number < floor) {
      return false;
    }
    Long revoked = newest.get(subject);
    return revoked == null || revoked <= number;
  }

  /** Whether the sequence was looked at successfully within the last second. */
  public boolean isFresh() {
    Instant now = clock.instant();
    Instant at = seen.at();
    // A clock that went backwards makes nothing fresh.
    return !isFirst() && !now.isBefore(at) && !now.isAfter(at.plus(FRESHNESS));
  }

  private boolean isFirst() {
    return seen.at().equals(Instant.MIN);
  }

  /**
   * Looks at the sequence.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be looked at
   */
  void follow() {
    Instant began = clock.instant();
    long known = seen.number() - offset;
    List<Revoked> rows = sequence.apply(known);
    long head = rows.getFirst().number();
    if (goesOn(known, rows)) {
      rows.stream().skip(1).filter(one -> one.number() > known).forEach(this::remember);
      forgetBeyond(REMEMBERED);
    } else {
      // The first look; or what lay between was swept; or it is an older database than before.
      newest.clear();
      order.clear();
      offset += Math.max(0, known + 1 - head);
      floor = head + offset;
    }
    seen = new Seen(head + offset, rows.getFirst().revokedAt(), began);
  }

  /**
   * Whether the sequence is that of the last look, with all that came since. An older database that
   * stands in the place of the one before may have come to the same number: with another
   * revocation.
   */
  private boolean goesOn(long known, List<Revoked> rows) {
    Revoked head = rows.getFirst();
    List<Revoked> since = rows.subList(1, rows.size());
    Revoked last = head.number() == known || since.isEmpty() ? head : since.getFirst();
    return !isFirst()
        && last.number() == known
        && last.revokedAt().equals(seen.madeAt())
        && since.stream().filter(one -> one.number() > known).count() == head.number() - known;
  }

  private void remember(Revoked one) {
    UUID subject = subject(one);
    newest.put(subject, one.number() + offset);
    order.addLast(one);
  }

  private void forgetBeyond(int most) {
    while (order.size() > most) {
      Revoked oldest = order.removeFirst();
      floor = oldest.number() + offset;
      newest.remove(subject(oldest), oldest.number() + offset);
    }
  }

  private static UUID subject(Revoked one) {
    UUID subject = one.subject();
    if (subject == null) {
      throw new IllegalStateException("a revocation names nobody");
    }
    return subject;
  }
}
