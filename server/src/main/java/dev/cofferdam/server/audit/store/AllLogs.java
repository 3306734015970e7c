package dev.cofferdam.server.audit.store;

import dev.cofferdam.server.audit.LogId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All logs of the platform, in turn. */
public final class AllLogs {
  /** The most logs of one page. */
  public static final int PAGE = 1_000;

  private final JdbcClient ops;

  /**
   * @param ops runs as {@code cofferdam_ops}
   */
  public AllLogs(JdbcClient ops) {
    this.ops = ops;
  }

  /**
   * What a log has come to, and how far it was mirrored.
   *
   * @param mirrored the size that some server has noted, or 0
   */
  public record Committed(LogId log, Head head, long mirrored) {}

  /**
   * The logs that have records and follow {@code behind} in order; empty after the last.
   *
   * @param behind null for the first page, which begins with the platform's log
   */
  public List<Committed> page(@Nullable LogId behind) {
    return LogScope.callForAll(
        () ->
            ops.sql("select * from audit.all_heads(:behind::uuid, :most)")
                .param("behind", behind == null ? null : behind.key().toString())
                .param("most", PAGE)
                .query(
                    (row, number) ->
                        new Committed(
                            LogId.of(row.getObject("log", UUID.class)),
                            new Head(
                                row.getString("origin"),
                                row.getLong("size"),
                                row.getBytes("frontier"),
                                row.getBytes("signature")),
                            row.getLong("mirrored")))
                .list());
  }

  /** One log, if it has records. */
  public Optional<Committed> head(LogId log) {
    // The page behind the greatest id that is below: no function of its own for one row.
    UUID key = log.key();
    return page(
            key.equals(LogId.PLATFORM.key())
                ? null
                : LogId.of(new UUID(below(key)[0], below(key)[1])))
        .stream()
        .filter(committed -> committed.log().equals(log))
        .findFirst();
  }

  private static long[] below(UUID key) {
    long low = key.getLeastSignificantBits();
    return new long[] {key.getMostSignificantBits() - (low == 0 ? 1 : 0), low - 1};
  }

  /**
   * What waits for its leaf.
   *
   * @param records of all logs, at most 100,000 of one
   * @param oldest when the oldest was written, or null when none waits
   */
  public record Waiting(long records, @Nullable Instant oldest) {}

  /** What waits for its leaf, in all logs. */
  public Waiting waiting() {
    return LogScope.callForAll(
        () ->
            ops.sql(
                    """
                    select count(*), to_timestamp(min(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint) / 1000.0)
                      from audit.waiting('ffffffff-ffff-ffff-ffff-ffffffffffff', 100000, 1000000)
                    """)
                .query(
                    (row, number) -> {
                      Timestamp oldest = row.getTimestamp(2);
                      return new Waiting(
                          row.getLong(1), oldest == null ? null : oldest.toInstant());
                    })
                .single());
  }

  /** Notes how far logs were mirrored. */
  public void noteMirrored(Map<LogId, Long> sizes) {
    if (sizes.isEmpty()) {
      return;
    }
    List<Map.Entry<LogId, Long>> entries = List.copyOf(sizes.entrySet());
    LogScope.callForAll(
        () ->
            ops.sql("select audit.note_mirrored(:logs::uuid[], :sizes::bigint[])")
                .param(
                    "logs",
                    entries.stream()
                        .map(entry -> entry.getKey().key().toString())
                        .toArray(String[]::new))
                .param("sizes", entries.stream().map(Map.Entry::getValue).toArray(Long[]::new))
                .query((row, number) -> Optional.empty())
                .list());
  }

  /** Makes further records of a tenant's log searchable; gives how many still are not. */
  public long makeSearchable(LogId.OfTenant log, int most) {
    return makeSearchable(List.of(log), most).getOrDefault(log, 0L);
  }

  /**
   * Makes further records of several logs searchable, in one transaction.
   *
   * @param most of each log
   * @return those that still are not searchable as a whole, with how many records are not
   */
  public Map<LogId, Long> makeSearchable(Collection<? extends LogId> logs, int most) {
    Map<LogId, Long> unsearched = new HashMap<>();
    LogScope.callForAll(
        () ->
            ops.sql("select log, unsearched from audit.make_searchable(:logs::uuid[], :most)")
                .param(
                    "logs", logs.stream().map(log -> log.key().toString()).toArray(String[]::new))
                .param("most", most)
                .query(
                    (row, number) ->
                        unsearched.put(
                            LogId.of(row.getObject("log", UUID.class)), row.getLong("unsearched")))
                .list());
    return unsearched;
  }
}
