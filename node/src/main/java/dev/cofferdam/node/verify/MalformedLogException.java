package dev.cofferdam.node.verify;

import java.io.IOException;

/**
 * What should be a log cannot be read as one: nothing can be told of it. The message says what is
 * wrong.
 */
final class MalformedLogException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedLogException(String message) {
    super(message);
  }
}
