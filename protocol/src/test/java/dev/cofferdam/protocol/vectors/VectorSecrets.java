package dev.cofferdam.protocol.vectors;

import dev.cofferdam.protocol.crypto.ReceivingKey;
import dev.cofferdam.protocol.crypto.VectorHpke;
import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Secrets sealed to a node whose private key is published, with ephemeral keys that are published
 * too. The node's pair is that of the vectors that accompany RFC 9180.
 */
final class VectorSecrets {
  static final String NODE_PRIVATE =
      "497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d";
  static final String NODE_PUBLIC =
      "430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c";
  static final String EPHEMERAL =
      "179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11";

  private static final UUID TENANT = id(1);
  private static final UUID NODE = id(2);

  /** The thumbprint (RFC 7638) of the node's key as a JWK (RFC 8037). */
  private static final String KEY = thumbprint(hex(NODE_PUBLIC));

  private static final UUID PROJECT = id(4);
  static final SecretAddress ADDRESS = address("database-password", 1);

  private static final Sealed PASSWORD = new Sealed(ADDRESS, text("correct horse battery staple"));

  private VectorSecrets() {}

  /** What is sealed, by what is particular about it. */
  static Map<String, Sealed> good() {
    Map<String, Sealed> good = new LinkedHashMap<>();
    good.put("a password", PASSWORD);
    good.put("no bytes at all", new Sealed(address("empty", 1), new byte[0]));
    good.put("bytes that are no text", new Sealed(address("key-file", 7), everyByte()));
    good.put(
        "the longest name and a high version",
        new Sealed(address("a" + "_".repeat(62), Long.MAX_VALUE), text("x")));
    return good;
  }

  /** The password once more, for a node whose key is of X-Wing. */
  static SecretAddress addressOfXWing() {
    String key = PublicJwk.ofXWing(VectorHpke.xWingPublic()).thumbprint();
    return new SecretAddress(TENANT, NODE, key, PROJECT, ADDRESS.name(), ADDRESS.version());
  }

  /** Sealed to that key, by an agreement that is published. */
  static byte[] sealedByXWing() {
    SecretAddress address = addressOfXWing();
    byte[] message =
        VectorHpke.sealedByXWing(
            text("cofferdam/1/secret/" + TENANT + "/" + NODE + "/" + address.keyId()),
            text(PROJECT + "/" + address.name() + "/" + address.version()),
            text("correct horse battery staple"));
    byte[] sealed = new byte[1 + message.length];
    sealed[0] = 1;
    System.arraycopy(message, 0, sealed, 1, message.length);
    return sealed;
  }

  /** Other addresses, for which the password must not open. */
  static Map<String, SecretAddress> elsewhere() {
    Map<String, SecretAddress> elsewhere = new LinkedHashMap<>();
    elsewhere.put(
        "another tenant",
        new SecretAddress(id(9), NODE, KEY, PROJECT, ADDRESS.name(), ADDRESS.version()));
    elsewhere.put(
        "another node",
        new SecretAddress(TENANT, id(9), KEY, PROJECT, ADDRESS.name(), ADDRESS.version()));
    elsewhere.put(
        "another key of the node",
        new SecretAddress(
            TENANT, NODE, thumbprint(hex(EPHEMERAL)), PROJECT, ADDRESS.name(), ADDRESS.version()));
    elsewhere.put(
        "another project",
        new SecretAddress(TENANT, NODE, KEY, id(9), ADDRESS.name(), ADDRESS.version()));
    elsewhere.put("another name", address("database-passwore", ADDRESS.version()));
    elsewhere.put("another version", address(ADDRESS.name().text(), 2));
    return elsewhere;
  }

  /** The sealed password, spoilt. */
  static Map<String, byte[]> spoilt() {
    byte[] sealed = PASSWORD.bytes();
    Map<String, byte[]> spoilt = new LinkedHashMap<>();
    spoilt.put("another format", changed(sealed, bytes -> with(bytes, 0, 2)));
    spoilt.put("another suite", changed(sealed, bytes -> with(bytes, 1, 2)));
    spoilt.put("an altered encapsulated key", changed(sealed, bytes -> with(bytes, 2, ~bytes[2])));
    spoilt.put(
        "an altered tag",
        changed(sealed, bytes -> with(bytes, bytes.length - 1, ~bytes[bytes.length - 1])));
    spoilt.put("its last byte lost", Arrays.copyOf(sealed, sealed.length - 1));
    spoilt.put("a byte too many", Arrays.copyOf(sealed, sealed.length + 1));
    spoilt.put("nothing", new byte[0]);
    return spoilt;
  }

  private static byte[] changed(byte[] sealed, UnaryOperator<byte[]> change) {
    return change.apply(sealed.clone());
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  /** One value for one address. */
  record Sealed(SecretAddress address, byte[] value) {
    byte[] bytes() {
      return SealedSecret.seal(
          VectorHpke.sealingWith(hex(EPHEMERAL)),
          ReceivingKey.of(hex(NODE_PUBLIC)).orElseThrow(),
          address,
          value);
    }
  }

  private static SecretAddress address(String name, long version) {
    return new SecretAddress(TENANT, NODE, KEY, PROJECT, new SecretName(name), version);
  }

  private static UUID id(int number) {
    return new UUID(0x019aad2e00007000L, 0x8000000000000000L | number);
  }

  private static String thumbprint(byte[] key) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String jwk =
        "{\"crv\":\"X25519\",\"kty\":\"OKP\",\"x\":\"%s\"}".formatted(base64.encodeToString(key));
    try {
      return base64.encodeToString(MessageDigest.getInstance("SHA-256").digest(text(jwk)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
