package dev.cofferdam.node.verify;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;

/** Verifies the signatures of notes. */
final class Ed25519 {
  /** What stands before the 32 bytes of the key in a SubjectPublicKeyInfo (RFC 8410 section 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    CryptoProvider provider = CryptoProvider.best();
    byte[] encoded =
        ByteBuffer.allocate(PREFIX.length + publicKey.length).put(PREFIX).put(publicKey).array();
    try {
      PublicKey key = provider.publicKey(KeyAlgorithm.ED25519, encoded);
      Signature verifier = provider.signature(KeyAlgorithm.ED25519);
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // Neither a malformed key nor a malformed signature verifies anything.
      return false;
    }
  }
}
