package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The sign-ins that have begun and not ended, for all servers. A row is found by the hash of the
 * state and the hash of the browser's handle together, is ciphertext, and is gone when it was used.
 */
final class PendingSignIns {
  /** How long a person may take at the identity provider. */
  static final Duration LIFETIME = Duration.ofMinutes(10);

  /** At most so many, the newest: who began long ago and did not come back makes room. */
  static final int MOST = 20_000;

  private static final int BEGINNINGS_BETWEEN_SWEEPS = 64;
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final Scope KEYRING = new Scope.OfPlatform(new Purpose("keyring"));
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("pending_sign_in"));

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final ColumnCipher cipher;
  private final Clock clock;
  private final AtomicLong begun = new AtomicLong();

  PendingSignIns(
      JdbcClient jdbc, TransactionOperations transactions, ColumnCipher cipher, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.cipher = cipher;
    this.clock = clock;
  }

  void put(String state, BrowserHandle browser, PendingSignIn pending) {
    byte[] stateHash = BrowserHandle.sha256(state);
    byte[] plain = pending.bytes();
    byte[] ciphertext;
    try {
      ciphertext = Scopes.call(KEYRING, () -> cipher.seal(cell(stateHash), plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
    Scopes.run(
        SCOPE,
        () ->
            transactions.executeWithoutResult(
                status -> {
                  insert(stateHash, browser, ciphertext);
                  if (begun.getAndIncrement() % BEGINNINGS_BETWEEN_SWEEPS == 0) {
                    sweep(MOST);
                  }
                }));
  }

  private void insert(byte[] stateHash, BrowserHandle browser, byte[] ciphertext) {
    jdbc.sql(
            """
            insert into identity.pending_sign_in (state_hash, browser_hash, pending_sealed, expires_at)
            values (:state, :browser, :sealed, :expires)
            """)
        .param("state", stateHash)
        .param("browser", browser.hash())
        .param("sealed", ciphertext)
        .param("expires", clock.instant().plus(LIFETIME).atOffset(ZoneOffset.UTC))
        .update();
  }

  /**
   * Takes the sign-in of this state out, if it began in this browser and is not too old. Of many at
   * once one gets it: the row is deleted and read in one statement.
   */
  Optional<PendingSignIn> take(String state, BrowserHandle browser) {
    byte[] stateHash = BrowserHandle.sha256(state);
    return Scopes.call(SCOPE, () -> delete(stateHash, browser))
        .flatMap(ciphertext -> open(stateHash, ciphertext));
  }

  private Optional<byte[]> delete(byte[] stateHash, BrowserHandle browser) {
    return jdbc.sql(
            """
            delete from identity.pending_sign_in
             where state_hash = :state and browser_hash = :browser and expires_at > :now
            returning pending_sealed
            """)
        .param("state", stateHash)
        .param("browser", browser.hash())
        .param("now", now())
        .query(byte[].class)
        .optional();
  }

  private Optional<PendingSignIn> open(byte[] stateHash, byte[] ciphertext) {
    return switch (Scopes.call(KEYRING, () -> cipher.open(cell(stateHash), ciphertext))) {
      case Opening.Opened opened -> {
        try (SecretBytes plain = opened.plaintext()) {
          yield plain.lend(ACCESS, PendingSignIn::of);
        }
      }
      case Opening.Refused refused -> Optional.empty();
    };
  }

  /** Deletes what has expired, and of the rest all but the newest. Within the scope. */
  void sweep(int most) {
    jdbc.sql(
            """
            delete from identity.pending_sign_in
             where expires_at <= :now
                or state_hash in (select state_hash from identity.pending_sign_in
                                   order by expires_at desc, state_hash offset :most)
            """)
        .param("now", now())
        .param("most", most)
        .update();
  }

  private java.time.OffsetDateTime now() {
    Instant now = clock.instant();
    return now.atOffset(ZoneOffset.UTC);
  }

  /** The row's name within its column: half of a hash of 32 random bytes is as unique as a UUID. */
  private static ColumnCipher.Cell cell(byte[] stateHash) {
    ByteBuffer half = ByteBuffer.wrap(stateHash);
    return new ColumnCipher.Cell(
        "identity.pending_sign_in.pending_sealed", new UUID(half.getLong(), half.getLong()), 1);
  }
}
