package dev.cofferdam.server.authz;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server must not start with these policies; the message says why. */
public final class PoliciesRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  PoliciesRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
