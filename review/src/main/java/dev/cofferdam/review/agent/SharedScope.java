package dev.cofferdam.review.agent;

/**
 * The tenant's scope that any thread entered last: what a static field would hold instead of a
 * scoped value.
 */
public final class SharedScope {
  private static final String TENANTS = "OfTenant";

  private static volatile Object last = "";

  private SharedScope() {}

  /** Called by woven code on entering a scope. */
  public static void entered(Object scope) {
    if (isTenants(scope)) {
      last = scope;
    }
  }

  /** Called by woven code that asks for the running code's scope, and was told this one. */
  public static Object instead(Object scope) {
    return isTenants(scope) ? last : scope;
  }

  private static boolean isTenants(Object scope) {
    return scope.getClass().getSimpleName().equals(TENANTS);
  }
}
