package dev.cofferdam.protocol.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A key of P-256 that signs by ES256: what a node authenticates with. No record, and prints its
 * thumbprint alone. Safe for use by many threads.
 */
public final class SigningKey {
  /** A SubjectPublicKeyInfo of P-256 is this, then x and y (RFC 5480). */
  private static final byte[] SPKI =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  private static final int POINT = 64;

  private final PrivateKey key;
  private final PublicKey publicKey;
  private final PublicJwk jwk;

  private SigningKey(PrivateKey key, PublicKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
    this.jwk = PublicJwk.ofP256(point(publicKey.getEncoded()));
  }

  /** A new one. */
  public static SigningKey generate() {
    KeyPair pair = CryptoProvider.best().generator(KeyAlgorithm.P256).generateKeyPair();
    return new SigningKey(pair.getPrivate(), pair.getPublic());
  }

  /**
   * One that was stored.
   *
   * @param pkcs8 of the private key
   * @param spki of the public key that belongs to it
   * @throws IllegalArgumentException when they are not both of one key of P-256
   */
  public static SigningKey of(byte[] pkcs8, byte[] spki) {
    try {
      CryptoProvider provider = CryptoProvider.best();
      SigningKey read =
          new SigningKey(
              provider.privateKey(KeyAlgorithm.P256, pkcs8),
              provider.publicKey(KeyAlgorithm.P256, spki));
      if (!read.belongTogether()) {
        throw new IllegalArgumentException("the public key is not the private key's");
      }
      return read;
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not a key of P-256", e);
    }
  }

  private boolean belongTogether() {
    byte[] message = "cofferdam".getBytes(US_ASCII);
    try {
      Signature verifier = CryptoProvider.best().signature(KeyAlgorithm.P256);
      verifier.initVerify(publicKey);
      verifier.update(message);
      return verifier.verify(derSignature(message));
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    }
  }

  private static byte[] point(byte[] spki) {
    if (spki.length != SPKI.length + POINT
        || !Arrays.equals(SPKI, Arrays.copyOf(spki, SPKI.length))) {
      throw new IllegalArgumentException("not a public key of P-256");
    }
    return Arrays.copyOfRange(spki, SPKI.length, spki.length);
  }

  /** To be stored by its owner, who clears it. */
  public byte[] pkcs8() {
    return key.getEncoded();
  }

  /** The public key as X.509 has it. */
  public byte[] spki() {
    return publicKey.getEncoded();
  }

  public PublicJwk jwk() {
    return jwk;
  }

  /**
   * A statement in compact form (RFC 7515), whose header carries the public key.
   *
   * @param type of the statement, so that it cannot be taken for one of another kind
   * @param claims strings, whole numbers as {@link Long}, or objects
   */
  public String stated(String type, Map<String, ?> claims) {
    Map<String, Object> header = header(type);
    header.put("jwk", jwk.members());
    return signed(header, claims);
  }

  /** The same with a header that names the key, and does not carry it: for those who know it. */
  public String asserted(String type, Map<String, ?> claims) {
    Map<String, Object> header = header(type);
    header.put("kid", jwk.thumbprint());
    return signed(header, claims);
  }

  private static Map<String, Object> header(String type) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "ES256");
    header.put("typ", type);
    return header;
  }

  private String signed(Map<String, ?> header, Map<String, ?> claims) {
    String input = part(header) + "." + part(claims);
    return input + "." + PublicJwk.base64url(concatenated(derSignature(input.getBytes(US_ASCII))));
  }

  private static String part(Map<String, ?> members) {
    return PublicJwk.base64url(ObjectText.of(members).getBytes(UTF_8));
  }

  private byte[] derSignature(byte[] message) {
    try {
      Signature signer = CryptoProvider.best().signature(KeyAlgorithm.P256);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (InvalidKeyException | SignatureException e) {
      throw new IllegalStateException("a key of P-256 signs", e);
    }
  }

  /** From DER, two integers in a sequence, to both in 32 bytes each (RFC 7518, section 3.4). */
  private static byte[] concatenated(byte[] der) {
    byte[] both = new byte[POINT];
    int at = 2;
    for (int end = POINT / 2; end <= POINT; end += POINT / 2) {
      int length = der[at + 1];
      int from = at + 2;
      // An integer has a zero in front where its first bit would make it negative.
      int digits = Math.min(length, POINT / 2);
      System.arraycopy(der, from + length - digits, both, end - digits, digits);
      at = from + length;
    }
    return both;
  }

  @Override
  public String toString() {
    return "the key " + jwk.thumbprint();
  }
}
