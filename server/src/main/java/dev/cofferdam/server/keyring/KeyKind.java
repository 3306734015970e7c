package dev.cofferdam.server.keyring;

/** What a key can do. */
public enum KeyKind {
  /** AES-256-GCM: 32 secret bytes. */
  ENCRYPTION,
  /** HMAC-SHA256: 32 secret bytes. */
  MAC,
  /** Ed25519 signatures: a private key in PKCS #8, and a public one. */
  SIGNATURE_ED25519,
  /** ECDSA signatures on P-256: a private key in PKCS #8, and a public one. */
  SIGNATURE_P256
}
