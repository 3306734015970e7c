package dev.cofferdam.review.issuer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys of an issuer, a P-256 one called {@code e} and an RSA one called {@code r}, and one of
 * somebody else's who would like to be it. Safe for use by many threads.
 */
final class IssuerKeys {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int COORDINATE = 32;

  private final KeyPair elliptic;
  private final KeyPair rsa;
  private final KeyPair others;

  private IssuerKeys(KeyPair elliptic, KeyPair rsa, KeyPair others) {
    this.elliptic = elliptic;
    this.rsa = rsa;
    this.others = others;
  }

  /** By whom a token can be signed. */
  enum Signer {
    E,
    R,
    /** Somebody else, by a key of their own. */
    OTHER,
    /** Somebody else, by an HMAC over what everybody has of {@code r}: its encoding. */
    PUBLIC,
    /** The same, over the text of the encoding in PEM. */
    PUBLIC_TEXT,
    /** The issuer, whose signature has lost a bit on the way. */
    BROKEN,
    NOBODY
  }

  static IssuerKeys make() {
    return new IssuerKeys(pair("EC"), pair("RSA"), pair("EC"));
  }

  private static KeyPair pair(String kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (kind.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes such keys", e);
    }
  }

  /** The key set as an honest issuer publishes it. */
  String published() {
    return set(List.of(jwk(elliptic.getPublic(), "e"), jwk(rsa.getPublic(), "r")));
  }

  /** A set with the other's key alone, under this name. */
  String othersSet(String name) {
    return set(List.of(others(name)));
  }

  private static String set(List<Map<String, String>> keys) {
    return JSON.writeValueAsString(Map.of("keys", keys));
  }

  /** The other's key, as a token brings it along. */
  Map<String, String> others(String name) {
    return jwk(others.getPublic(), name);
  }

  private static Map<String, String> jwk(PublicKey key, String name) {
    Map<String, String> jwk = new LinkedHashMap<>();
    switch (key) {
      case ECPublicKey point -> {
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
        jwk.put("x", BASE64.encodeToString(bytes(point.getW().getAffineX(), COORDINATE)));
        jwk.put("y", BASE64.encodeToString(bytes(point.getW().getAffineY(), COORDINATE)));
      }
      case RSAPublicKey modulus -> {
        jwk.put("kty", "RSA");
        jwk.put(
            "n",
            BASE64.encodeToString(
                bytes(modulus.getModulus(), modulus.getModulus().bitLength() / 8)));
        jwk.put("e", BASE64.encodeToString(bytes(modulus.getPublicExponent(), 3)));
      }
      default -> throw new IllegalArgumentException("a key of another kind");
    }
    jwk.put("kid", name);
    jwk.put("use", "sig");
    return jwk;
  }

  private static byte[] bytes(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int given = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - given, bytes, length - given, given);
    return bytes;
  }

  /** A signature in the form of a compact token. */
  String sign(Signer by, String content) {
    try {
      return BASE64.encodeToString(signature(by, content.getBytes(US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs so", e);
    }
  }

  private byte[] signature(Signer by, byte[] content) throws GeneralSecurityException {
    return switch (by) {
      case E -> signed("SHA256withECDSAinP1363Format", elliptic, content);
      case R -> signed("SHA256withRSA", rsa, content);
      case OTHER -> signed("SHA256withECDSAinP1363Format", others, content);
      case PUBLIC -> mac(rsa.getPublic().getEncoded(), content);
      case PUBLIC_TEXT -> mac(pem(rsa.getPublic()), content);
      case BROKEN -> {
        byte[] signature = signed("SHA256withECDSAinP1363Format", elliptic, content);
        signature[10] ^= 1;
        yield signature;
      }
      case NOBODY -> new byte[0];
    };
  }

  private static byte[] signed(String how, KeyPair by, byte[] content)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(how);
    signature.initSign(by.getPrivate());
    signature.update(content);
    return signature.sign();
  }

  private static byte[] mac(byte[] secret, byte[] content) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HMAC"));
    return mac.doFinal(content);
  }

  private static byte[] pem(PublicKey key) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key.getEncoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n")
        .getBytes(UTF_8);
  }
}
