package dev.cofferdam.node.terminal;

import java.io.IOException;

/** A person has to do it, in a browser; the message says where. */
final class PersonRequiredException extends IOException {
  private static final long serialVersionUID = 1L;

  PersonRequiredException(String message) {
    super(message);
  }
}
