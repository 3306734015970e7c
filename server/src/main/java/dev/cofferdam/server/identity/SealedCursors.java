package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Cursors;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Cursors as ciphertexts of the ring {@code cursor}, bound to who asked for which list: one byte of
 * format, the key's id, and the sealed position.
 */
final class SealedCursors implements Cursors {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("keyring"));
  private static final Ring.OfPlatform RING = new Ring.OfPlatform(KeyPurpose.CURSOR);
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final byte FORMAT = 1;
  private static final int HEAD = 17;

  private final Keyring keyring;

  SealedCursors(Keyring keyring) {
    this.keyring = keyring;
  }

  @Override
  public String seal(Caller caller, String list, String position) {
    try (RingKey key = Scopes.call(SCOPE, () -> keyring.active(RING))) {
      UUID id = key.info().id().value();
      byte[] sealed = key.seal(aad(caller, list), position.getBytes(UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              ByteBuffer.allocate(HEAD + sealed.length)
                  .put(FORMAT)
                  .putLong(id.getMostSignificantBits())
                  .putLong(id.getLeastSignificantBits())
                  .put(sealed)
                  .array());
    }
  }

  @Override
  public Optional<String> open(Caller caller, String list, String cursor) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length < HEAD || bytes[0] != FORMAT) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(bytes, 1, HEAD - 1);
    KeyId id = new KeyId(new UUID(head.getLong(), head.getLong()));
    Optional<RingKey> found = Scopes.call(SCOPE, () -> keyring.find(RING, id));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (RingKey key = found.get()) {
      return switch (key.open(aad(caller, list), Arrays.copyOfRange(bytes, HEAD, bytes.length))) {
        case Opening.Opened opened -> {
          try (SecretBytes position = opened.plaintext()) {
            yield Optional.of(position.lend(ACCESS, text -> new String(text, UTF_8)));
          }
        }
        case Opening.Refused refused -> Optional.empty();
      };
    }
  }

  private static byte[] aad(Caller caller, String list) {
    // A principal has no line break: the two parts cannot run into each other.
    return ("cofferdam/1/cursor/" + caller.principal() + "\n" + list).getBytes(UTF_8);
  }
}
