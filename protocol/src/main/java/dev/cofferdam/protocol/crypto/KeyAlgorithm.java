package dev.cofferdam.protocol.crypto;

import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of asymmetric keys in use. */
public enum KeyAlgorithm {
  /** Ed25519 (RFC 8032), for what Cofferdam signs itself: checkpoints, events. */
  ED25519("Ed25519", "Ed25519"),
  /** ECDSA on P-256 with SHA-256, signatures in DER: for what JOSE libraries must verify. */
  P256("EC", "SHA256withECDSA"),
  /** X25519 (RFC 7748), to receive sealed secrets; signs nothing. */
  X25519("X25519", ""),
  /** X-Wing (draft-connolly-cfrg-xwing-kem), for the same; of Conscrypt's alone. */
  X_WING("XWING", "");

  private final String keys;
  private final String signature;

  KeyAlgorithm(String keys, String signature) {
    this.keys = keys;
    this.signature = signature;
  }

  String keys() {
    return keys;
  }

  String signature() {
    if (signature.isEmpty()) {
      throw new IllegalArgumentException(this + " signs nothing");
    }
    return signature;
  }

  void initialise(KeyPairGenerator generator) throws InvalidAlgorithmParameterException {
    if (this == P256) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
  }
}
