package dev.cofferdam.node.client;

import java.io.IOException;

/** What came is not what was asked for, or nothing shows that it is; nothing of it is used. */
public final class UnprovenSecretException extends IOException {
  private static final long serialVersionUID = 1L;

  UnprovenSecretException(String message) {
    super(message);
  }
}
