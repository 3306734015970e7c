package dev.cofferdam.server.keyring;

import dev.cofferdam.protocol.crypto.Aead;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.SecretBytes;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;

/** Makes new keys, wrapped at once. */
final class KeyMaker {
  private final Wrapping wrapping;
  private final SecureRandom random = new SecureRandom();

  KeyMaker(Wrapping wrapping) {
    this.wrapping = wrapping;
  }

  /** A fresh key of {@code ring}, as its row. */
  KeyRows.Row make(Ring ring, int version, KeyState state, Instant now) {
    KeyInfo info = new KeyInfo(KeyId.random(), ring.purpose(), version, state, now, now);
    return RingKey.algorithm(ring.purpose().kind())
        .map(
            algorithm -> {
              KeyPair pair = CryptoProvider.best().generator(algorithm).generateKeyPair();
              byte[] published = pair.getPublic().getEncoded();
              try (SecretBytes secret = SecretBytes.takenFrom(pair.getPrivate().getEncoded())) {
                return new KeyRows.Row(
                    info, wrapping.wrap(ring, info.id(), version, secret, published), published);
              }
            })
        .orElseGet(
            () -> {
              try (SecretBytes secret = SecretBytes.random(Aead.KEY_LENGTH, random)) {
                return new KeyRows.Row(
                    info, wrapping.wrap(ring, info.id(), version, secret, null), null);
              }
            });
  }
}
