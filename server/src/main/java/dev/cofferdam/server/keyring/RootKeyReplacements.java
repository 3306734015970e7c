package dev.cofferdam.server.keyring;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What became of the root key while no server ran, for whoever records it: nobody was there who
 * could.
 */
public final class RootKeyReplacements {
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock clock;

  RootKeyReplacements(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Hands over each that is not recorded yet, in the transaction that remembers that it is, bound
   * to the platform. Of several servers one does.
   */
  public void record(Consumer<RootKeyReplaced> recorder) {
    Scopes.run(
        KeyringStart.SCOPE,
        () ->
            transactions.executeWithoutResult(
                status ->
                    unrecorded()
                        .forEach(
                            replaced -> {
                              recorder.accept(replaced);
                              remember(replaced);
                            })));
  }

  private List<RootKeyReplaced> unrecorded() {
    return jdbc.sql(
            """
            select * from keyring.root_key_replacement
             where ended_at is not null and recorded_at is null order by ended_at for update
            """)
        .query(
            (row, number) ->
                new RootKeyReplaced(
                    row.getString("old_root_key_id"),
                    row.getString("new_root_key_id"),
                    row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                    row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                    row.getLong("rewrapped"),
                    row.getLong("unopenable")))
        .list();
  }

  private void remember(RootKeyReplaced replaced) {
    jdbc.sql(
            "update keyring.root_key_replacement set recorded_at = :now where new_root_key_id = :new")
        .param("now", clock.instant().atOffset(UTC))
        .param("new", replaced.newId())
        .update();
  }
}
