package dev.cofferdam.server.secrets;

import java.io.Serial;

/**
 * A value does not open where it lies, though its key is there: it was moved there or altered. An
 * alarm, and never a quiet nothing.
 */
public final class UnopenableValueException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  UnopenableValueException(SecretId secret, long version) {
    super(
        "version "
            + version
            + " of secret "
            + secret
            + " does not open: it was moved there from elsewhere, or altered");
  }
}
