package dev.cofferdam.server.tenancy.driver;

import org.jspecify.annotations.Nullable;

/**
 * The hook cannot do its work with this driver, these settings or this database, so nothing starts.
 * The message is one or two plain sentences that say what to do.
 */
public final class DriverRefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DriverRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  DriverRefusedException(String message) {
    this(message, null);
  }
}
