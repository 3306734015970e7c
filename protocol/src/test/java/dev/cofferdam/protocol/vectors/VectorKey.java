package dev.cofferdam.protocol.vectors;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.NoteKey;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.HexFormat;

/**
 * A key whose private half is published with the vectors, so that everything signed by it comes out
 * the same each time (RFC 8032 is deterministic). The pairs are those of RFC 8032 section 7.1,
 * tests 1, 2 and 3.
 */
enum VectorKey {
  LOG(
      "example.com/tenant/019aad2e-0000-7000-8000-000000000001",
      NoteKey.Use.NOTE,
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
  WITNESS(
      "witness.example.net",
      NoteKey.Use.COSIGNATURE,
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
  SUCCESSOR(
      "example.com/tenant/019aad2e-0000-7000-8000-000000000001",
      NoteKey.Use.NOTE,
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");

  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final NoteKey key;
  private final byte[] raw;
  private final byte[] seed;

  VectorKey(String name, NoteKey.Use use, String seed, String publicKey) {
    this.seed = HexFormat.of().parseHex(seed);
    this.raw = HexFormat.of().parseHex(publicKey);
    this.key = NoteKey.of(name, use, raw);
  }

  NoteKey key() {
    return key;
  }

  byte[] raw() {
    return raw.clone();
  }

  String seed() {
    return HexFormat.of().formatHex(seed);
  }

  byte[] sign(byte[] message) {
    var encoded = new ByteArrayOutputStream();
    encoded.writeBytes(PKCS8);
    encoded.writeBytes(seed);
    try {
      PrivateKey secret =
          CryptoProvider.jdk().privateKey(KeyAlgorithm.ED25519, encoded.toByteArray());
      Signature signature = CryptoProvider.jdk().signature(KeyAlgorithm.ED25519);
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
