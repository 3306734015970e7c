package dev.cofferdam.server.keyring;

/**
 * What is derived from the root key, each under a label of its own. A label is never changed or
 * used again: what was derived under it would be lost or shared.
 */
enum Derivation {
  /** The public name of the root key. */
  FINGERPRINT("fingerprint"),
  /** The MAC keys of capabilities; the context is the epoch. */
  BINDING("binding"),
  /** The passwords of the database roles; the context is the role. */
  ROLE_PASSWORD("role-password"),
  /** The keys that wrap the stored keys; the context is the purpose of the ring. */
  WRAPPING("wrapping");

  private final String label;

  Derivation(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
