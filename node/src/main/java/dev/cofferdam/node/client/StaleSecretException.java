package dev.cofferdam.node.client;

import java.io.IOException;
import java.io.Serial;

/** The server cannot be reached, and what was kept of its answers is too old to be used. */
public final class StaleSecretException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  StaleSecretException(String message, IOException cause) {
    super(message, cause);
  }
}
