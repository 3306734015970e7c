package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** The receiving key of a node, which the node alone has the private half of. */
public final class NodeKeys {
  private final byte[] published;
  private final byte[] raw;

  public NodeKeys() {
    KeyPair pair = CryptoProvider.jdk().generator(KeyAlgorithm.X25519).generateKeyPair();
    published = last32(pair.getPublic().getEncoded());
    raw = last32(pair.getPrivate().getEncoded());
  }

  private static byte[] last32(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  byte[] published() {
    return published.clone();
  }

  /** The thumbprint. */
  String id() {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String jwk =
        "{\"crv\":\"X25519\",\"kty\":\"OKP\",\"x\":\"" + base64.encodeToString(published) + "\"}";
    try {
      return base64.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it opens to {@code value}, with the implementation that the server does not use. */
  boolean opens(SecretAddress address, byte[] sealed, byte[] value) {
    try (SecretBytes secret = SecretBytes.takenFrom(raw.clone())) {
      return switch (SealedSecret.open(CryptoProvider.jdk().hpke(), secret, address, sealed)) {
        case Opening.Opened opened -> opened.plaintext().matches(value);
        case Opening.Refused refused -> false;
      };
    }
  }
}
