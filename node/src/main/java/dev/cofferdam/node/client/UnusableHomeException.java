package dev.cofferdam.node.client;

import java.io.IOException;

/** What lies on this machine of a node cannot be used; the message says what to do. */
public final class UnusableHomeException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnusableHomeException(String message) {
    super(message);
  }

  public UnusableHomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
