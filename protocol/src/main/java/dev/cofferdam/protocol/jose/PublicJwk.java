package dev.cofferdam.protocol.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Kem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A public key in the form of RFC 7517: its required members alone, in the order of their names, so
 * that its text is what its thumbprint is made of.
 *
 * @param members names and values
 */
public record PublicJwk(Map<String, String> members) {
  /** How the algorithm is called in a key of X-Wing. */
  public static final String X_WING = "X-Wing";

  private static final int COORDINATE = 32;

  public PublicJwk {
    members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /**
   * A key of P-256 (RFC 7518, section 6.2).
   *
   * @param point x before y, 64 bytes
   */
  public static PublicJwk ofP256(byte[] point) {
    require(point, 2 * COORDINATE);
    Map<String, String> members = new LinkedHashMap<>();
    members.put("crv", "P-256");
    members.put("kty", "EC");
    members.put("x", base64url(Arrays.copyOf(point, COORDINATE)));
    members.put("y", base64url(Arrays.copyOfRange(point, COORDINATE, 2 * COORDINATE)));
    return new PublicJwk(members);
  }

  /** A key of X25519 (RFC 8037, section 2). */
  public static PublicJwk ofX25519(byte[] key) {
    require(key, COORDINATE);
    Map<String, String> members = new LinkedHashMap<>();
    members.put("crv", "X25519");
    members.put("kty", "OKP");
    members.put("x", base64url(key));
    return new PublicJwk(members);
  }

  /**
   * A key of X-Wing, in the form that JOSE has for keys of one algorithm ({@code kty} AKP); its
   * name is that of the KEM, since none is registered yet.
   */
  public static PublicJwk ofXWing(byte[] key) {
    require(key, Kem.X_WING.publicLength());
    Map<String, String> members = new LinkedHashMap<>();
    members.put("alg", X_WING);
    members.put("kty", "AKP");
    members.put("pub", base64url(key));
    return new PublicJwk(members);
  }

  /** Of a key that something can be sealed to, by how many bytes it has. */
  public static PublicJwk ofReceiving(byte[] key) {
    return key.length == Kem.X_WING.publicLength() ? ofXWing(key) : ofX25519(key);
  }

  /** What the key is called: the SHA-256 of its text (RFC 7638), 43 characters of base64url. */
  public String thumbprint() {
    return digest(ObjectText.of(members));
  }

  /** The SHA-256 of what is ASCII, in base64url: {@code ath} of RFC 9449 is one too. */
  public static String digest(String text) {
    try {
      return base64url(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void require(byte[] bytes, int length) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(
          "the key has %d bytes, not %d".formatted(length, bytes.length));
    }
  }
}
