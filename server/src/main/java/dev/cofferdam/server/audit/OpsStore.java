package dev.cofferdam.server.audit;

import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The logs in PostgreSQL, through the functions that {@code cofferdam_ops} may call. */
final class OpsStore implements LogStore {
  /** The purpose for which the platform's log and the functions over all logs are bound. */
  static final Scope SCOPE = new Scope.OfPlatform(new Purpose("audit"));

  private final JdbcClient ops;
  private final TransactionOperations transactions;

  /**
   * @param transactions of the same connections as {@code ops}
   */
  OpsStore(JdbcClient ops, TransactionOperations transactions) {
    this.ops = ops;
    this.transactions = transactions;
  }

  @Override
  public Map<LogId, Head> heads(Collection<LogId> logs, boolean locked) {
    Map<LogId, Head> heads = new HashMap<>();
    bound(
        () ->
            ops.sql("select * from audit.heads(:logs::uuid[], :locked)")
                .param("logs", keys(logs))
                .param("locked", locked)
                .query(
                    (row, number) ->
                        heads.put(
                            LogId.of(row.getObject("log", UUID.class)),
                            new Head(
                                row.getString("origin"),
                                row.getLong("size"),
                                row.getBytes("frontier"),
                                row.getBytes("signature"))))
                .list());
    return heads;
  }

  @Override
  public List<Draft> waiting(UUID behind, int each, int most) {
    return bound(
        () ->
            ops.sql("select log, id, content from audit.waiting(:behind, :each, :most)")
                .param("behind", behind)
                .param("each", each)
                .param("most", most)
                .query((row, number) -> draft(row))
                .list());
  }

  private static Draft draft(ResultSet row) throws SQLException {
    return new Draft(
        LogId.of(row.getObject("log", UUID.class)),
        new RecordId(row.getObject("id", UUID.class)),
        row.getBytes("content"),
        true);
  }

  @Override
  public Set<RecordId> standing(Collection<Draft> drafts) {
    return bound(
        () ->
            new HashSet<>(
                ops.sql("select id from audit.standing(:logs::uuid[], :ids::uuid[])")
                    .param("logs", keys(drafts.stream().map(Draft::log).toList()))
                    .param(
                        "ids",
                        drafts.stream().map(draft -> draft.id().toString()).toArray(String[]::new))
                    .query((row, number) -> new RecordId(row.getObject(1, UUID.class)))
                    .list()));
  }

  @Override
  public Set<LogId> append(List<Growth> growths) {
    AppendArrays arrays = new AppendArrays(growths);
    return bound(
        () ->
            new HashSet<>(
                arrays
                    .bind(ops)
                    .query((row, number) -> LogId.of(row.getObject("log", UUID.class)))
                    .list()));
  }

  @Override
  public <T> T together(Supplier<T> work) {
    return bound(() -> Objects.requireNonNull(transactions.execute(status -> work.get())));
  }

  private static String[] keys(Collection<LogId> logs) {
    return logs.stream().map(log -> log.key().toString()).toArray(String[]::new);
  }

  private static <T> T bound(Supplier<T> work) {
    return Scopes.call(SCOPE, work::get);
  }
}
