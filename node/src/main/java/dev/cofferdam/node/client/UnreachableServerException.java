package dev.cofferdam.node.client;

import java.io.IOException;

/** The server cannot be reached, or asks for more time than there is: later it may do. */
public final class UnreachableServerException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param met what was met last
   */
  public UnreachableServerException(String met) {
    super("The server cannot be used now: " + met + ".");
  }

  public UnreachableServerException(String met, Throwable cause) {
    super("The server cannot be used now: " + met + ".", cause);
  }
}
