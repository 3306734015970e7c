package dev.cofferdam.server.keyring;

/**
 * The keys are not fit to start with. The message says in a sentence or two what is wrong, which
 * setting it is and what to do; it never contains key material.
 */
public final class KeyringRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeyringRefusedException(String message) {
    super(message);
  }

  KeyringRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
