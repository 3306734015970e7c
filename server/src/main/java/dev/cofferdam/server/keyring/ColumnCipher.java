package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts single columns, in the bound scope: one format byte, the 16 bytes of the key's id, then
 * nonce, ciphertext and tag. A ciphertext opens in its own scope, table, column, row and version,
 * and nowhere else. A column that holds one is named {@code …_sealed}.
 */
public final class ColumnCipher {
  static final byte FORMAT = 1;
  private static final int HEAD = 1 + 16;
  private static final SecretAccess ACCESS = SecretAccess.issue();

  private final Keyring keyring;

  ColumnCipher(Keyring keyring) {
    this.keyring = keyring;
  }

  /**
   * The place of a ciphertext.
   *
   * @param column as {@code schema.table.column}
   * @param version of the row, so that an older ciphertext of the same row does not pass for the
   *     current one
   */
  public record Cell(String column, UUID row, long version) {
    public Cell {
      if (!column.matches("[a-z0-9_]+\\.[a-z0-9_]+\\.[a-z0-9_]+")) {
        throw new IllegalArgumentException(
            "a column is named schema.table.column, not `" + column + "`");
      }
    }
  }

  /** Encrypts for {@code cell}; the caller clears {@code plaintext}. */
  public byte[] seal(Cell cell, byte[] plaintext) {
    try (RingKey key = keyring.active(ring())) {
      byte[] sealed = key.seal(aad(cell), plaintext);
      return ByteBuffer.allocate(HEAD + sealed.length)
          .put(FORMAT)
          .putLong(key.info().id().value().getMostSignificantBits())
          .putLong(key.info().id().value().getLeastSignificantBits())
          .put(sealed)
          .array();
    }
  }

  /** Decrypts what was sealed for {@code cell}, unless its key is retired or destroyed. */
  public Opening open(Cell cell, byte[] stored) {
    try (Batch one = batch()) {
      return one.open(cell, stored);
    }
  }

  /** What is stored, sealed by the key that is active; null when it does not open. */
  byte @Nullable [] anew(Cell cell, byte[] stored) {
    return switch (open(cell, stored)) {
      case Opening.Opened opened -> {
        try (SecretBytes plain = opened.plaintext()) {
          yield plain.lend(ACCESS, bytes -> seal(cell, bytes));
        }
      }
      case Opening.Refused refused -> null;
    };
  }

  /** Opens many at a time, fetching each key once. To be closed, soon. */
  public Batch batch() {
    return new Batch();
  }

  /** Opens cells of the scope that is bound. For one thread. */
  public final class Batch implements AutoCloseable {
    private final Map<KeyId, Optional<RingKey>> keys = new HashMap<>();

    private Batch() {}

    /** As {@link ColumnCipher#open}. */
    public Opening open(Cell cell, byte[] stored) {
      return keyOf(stored)
          .flatMap(id -> keys.computeIfAbsent(id, unknown -> keyring.find(ring(), unknown)))
          .<Opening>map(key -> key.open(aad(cell), Arrays.copyOfRange(stored, HEAD, stored.length)))
          .orElseGet(Opening.Refused::new);
    }

    @Override
    public void close() {
      keys.values().forEach(key -> key.ifPresent(RingKey::close));
      keys.clear();
    }
  }

  private static Optional<KeyId> keyOf(byte[] stored) {
    if (stored.length < HEAD || stored[0] != FORMAT) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(stored, 1, 16);
    return Optional.of(new KeyId(new UUID(head.getLong(), head.getLong())));
  }

  private static Ring ring() {
    return switch (Scopes.current()) {
      case Scope.OfTenant scope -> new Ring.OfTenant(scope.tenant(), KeyPurpose.COLUMN);
      case Scope.OfPlatform scope -> new Ring.OfPlatform(KeyPurpose.PLATFORM_COLUMN);
      case Scope.OfPerson scope ->
          throw new IllegalStateException("a person's rows have no encrypted columns");
    };
  }

  /**
   * The schema that a tenant's placement gives is not part of the name, so that a tenant can be
   * moved; the ring already binds the scope, and naming it again costs nothing.
   */
  private static byte[] aad(Cell cell) {
    String scope =
        switch (Scopes.current()) {
          case Scope.OfTenant tenant -> tenant.carried();
          case Scope.OfPlatform platform -> "platform";
          case Scope.OfPerson person -> person.carried();
        };
    return ("cofferdam/1/column/"
            + scope
            + "/"
            + cell.column()
            + "/"
            + cell.row()
            + "/"
            + cell.version())
        .getBytes(US_ASCII);
  }
}
