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
   * A fresh capability for {@code scope}, accepted by {@code tenancy.bind} for at most a minute. A
   * secret.
   */
  String capability(String scope);
}
