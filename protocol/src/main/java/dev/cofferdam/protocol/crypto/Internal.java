package dev.cofferdam.protocol.crypto;

/** This package's own right to the bytes of the keys it is given to work with. */
final class Internal {
  static final SecretAccess ACCESS = SecretAccess.issue();

  private Internal() {}
}
