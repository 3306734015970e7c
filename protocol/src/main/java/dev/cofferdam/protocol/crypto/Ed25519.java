package dev.cofferdam.protocol.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) with public keys as their 32 bytes, the form that signed notes carry. */
public final class Ed25519 {
  /** What stands before the 32 bytes of the key in a SubjectPublicKeyInfo (RFC 8410 section 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY = 32;

  private Ed25519() {}

  /**
   * Whether {@code signature} over {@code message} is by the owner of {@code publicKey}; false also
   * when the key or the signature is malformed.
   */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
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

  /**
   * The 32 bytes of a key in its X.509 form.
   *
   * @throws IllegalArgumentException when it is not an Ed25519 key
   */
  public static byte[] raw(byte[] encoded) {
    if (encoded.length != PREFIX.length + KEY
        || !Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
      throw new IllegalArgumentException("not the public key of Ed25519 in its X.509 form");
    }
    return Arrays.copyOfRange(encoded, PREFIX.length, encoded.length);
  }
}
