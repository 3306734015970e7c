package dev.cofferdam.server.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * Binds a scope to the running code and whatever it calls on the same thread. Another thread is
 * unbound: a message carries its scope and binds again.
 *
 * <p>Scopes are entered only at the edges that {@code ModulesTest} names.
 */
public final class Scopes {
  private static final ScopedValue<Scope> CURRENT = ScopedValue.newInstance();

  private Scopes() {}

  /**
   * Runs {@code operation} in {@code scope}; an inner scope hides an outer one until it returns.
   */
  public static <T, X extends Throwable> T call(Scope scope, ScopedValue.CallableOp<T, X> operation)
      throws X {
    return ScopedValue.where(CURRENT, scope).call(operation);
  }

  /** Runs {@code operation} in {@code scope}. */
  public static void run(Scope scope, Runnable operation) {
    ScopedValue.where(CURRENT, scope).run(operation);
  }

  /**
   * The scope of the running code.
   *
   * @throws UnboundScopeException when none is bound
   */
  public static Scope current() {
    Scope scope = currentOrNull();
    if (scope == null) {
      throw new UnboundScopeException();
    }
    return scope;
  }

  /**
   * The scope of the running code, or null: for the driver, which lets unbound statements fail in
   * the database.
   */
  static @Nullable Scope currentOrNull() {
    return CURRENT.isBound() ? CURRENT.get() : null;
  }
}
