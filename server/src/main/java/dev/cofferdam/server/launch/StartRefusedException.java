package dev.cofferdam.server.launch;

import org.jspecify.annotations.Nullable;

/**
 * The server cannot start or go on. The message says in a sentence or two what is wrong and what to
 * do.
 */
final class StartRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartRefusedException(String message) {
    super(message);
  }

  StartRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
