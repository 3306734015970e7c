package dev.cofferdam.server.keyring;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The database's memory of the root key it belongs to, by its public fingerprint. */
final class RootKeyRecord {
  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Clock clock;

  RootKeyRecord(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Records the root key at the first start, compares it at every later one. Of two servers that
   * start first at once with different keys, one is refused.
   *
   * @throws KeyringRefusedException when the database belongs to another root key
   */
  void check(String rootKeyId) {
    String recorded =
        transactions.execute(
            status -> {
              requireWhole();
              return recorded(rootKeyId);
            });
    if (!rootKeyId.equals(recorded)) {
      throw new KeyringRefusedException(belongsToAnother(rootKeyId, String.valueOf(recorded)));
    }
  }

  private void requireWhole() {
    jdbc.sql(
            """
            select format('`%s` of this database is being replaced by `%s`', old_root_key_id, new_root_key_id)
              from keyring.root_key_replacement where ended_at is null
            """)
        .query(String.class)
        .optional()
        .ifPresent(
            going -> {
              throw new KeyringRefusedException(
                  "The root key " + going + ": run `./cofferdam rootkey replace` to its end.");
            });
  }

  static String belongsToAnother(String rootKeyId, String recorded) {
    return "the root key is `"
        + rootKeyId
        + "` and this database belongs to `"
        + recorded
        + "`. Name the file of that key in cofferdam.keyring.root-key-file, or start on"
        + " another database.";
  }

  private String recorded(String rootKeyId) {
    jdbc.sql(
            """
            insert into keyring.root_key (root_key_id, recorded_at) values (:id, :now)
            on conflict do nothing
            """)
        .param("id", rootKeyId)
        .param("now", clock.instant().atOffset(UTC))
        .update();
    return jdbc.sql("select root_key_id from keyring.root_key").query(String.class).single();
  }
}
