package dev.cofferdam.server.tenancy.driver;

import org.jspecify.annotations.Nullable;

/**
 * Says what a connection must carry for the running code. Called on the thread that runs the
 * statement.
 */
public interface BindingSource {
  /** The scope of the running code in its carried form, or null when none is bound. */
  @Nullable String scope();

  /**
   * A capability for {@code scope}, accepted by {@code tenancy.bind} for at most a minute. A
   * secret, and not for the caller to change.
   */
  byte[] capability(String scope);
}
