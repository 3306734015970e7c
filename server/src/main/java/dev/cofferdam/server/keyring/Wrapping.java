package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Aead;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wraps and unwraps stored keys: AES-256-GCM under a key derived from the root key for each
 * purpose.
 *
 * <p>INVARIANT: the authenticated data names holder, purpose, key id, version and public key, so a
 * wrapped key opens only in the row it was written to.
 */
final class Wrapping implements AutoCloseable {
  private static final SecretAccess ACCESS = SecretAccess.issue();

  private final Map<KeyPurpose, SecretBytes> keys = new EnumMap<>(KeyPurpose.class);
  private final String rootKeyId;

  Wrapping(RootKey root) {
    rootKeyId = root.id();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      keys.put(purpose, root.derive(Derivation.WRAPPING, purpose.label()));
    }
  }

  /** Under which root key this wraps. */
  String rootKeyId() {
    return rootKeyId;
  }

  byte[] wrap(Ring ring, KeyId id, int version, SecretBytes secret, byte @Nullable [] published) {
    byte[] aad = aad(ring, id, version, published);
    return secret.lend(ACCESS, bytes -> Aead.seal(key(ring), ACCESS, aad, bytes));
  }

  /**
   * Opens what {@link #wrap} made with the same arguments.
   *
   * @throws UnreadableKeyException when it does not open
   */
  SecretBytes unwrap(
      Ring ring, KeyId id, int version, byte[] wrapped, byte @Nullable [] published) {
    return switch (Aead.open(key(ring), ACCESS, aad(ring, id, version, published), wrapped)) {
      case Opening.Opened opened -> opened.plaintext();
      case Opening.Refused refused -> throw new UnreadableKeyException(ring, id);
    };
  }

  @Override
  public void close() {
    keys.values().forEach(SecretBytes::close);
  }

  private SecretBytes key(Ring ring) {
    SecretBytes key = keys.get(ring.purpose());
    if (key == null) {
      throw new IllegalStateException("no wrapping key for " + ring.purpose());
    }
    return key;
  }

  /** No part contains a slash of its own but the holder, whose parts are ids. */
  private static byte[] aad(Ring ring, KeyId id, int version, byte @Nullable [] published) {
    return String.join(
            "/",
            "cofferdam/1/key",
            ring.holder(),
            ring.purpose().label(),
            id.toString(),
            Integer.toString(version),
            published == null ? "-" : sha256(published))
        .getBytes(US_ASCII);
  }

  private static String sha256(byte[] published) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(published));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }
}
