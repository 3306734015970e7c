package dev.cofferdam.server.edge;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The server does not start: the message says in a sentence what is wrong and what to do. */
public final class EdgeRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public EdgeRefusedException(String message) {
    super(message);
  }

  public EdgeRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
