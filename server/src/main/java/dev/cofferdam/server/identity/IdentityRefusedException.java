package dev.cofferdam.server.identity;

import org.jspecify.annotations.Nullable;

/**
 * Nobody could sign in safely, so the server does not start. The message says in a sentence or two
 * what is wrong, which setting it is and what to do.
 */
public final class IdentityRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IdentityRefusedException(String message) {
    super(message);
  }

  public IdentityRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
