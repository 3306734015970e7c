package dev.cofferdam.server.tenancy;

/** Code that needs a scope ran without one: a defect, never an expected refusal. */
public final class UnboundScopeException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnboundScopeException() {
    super("no scope is bound to the running code");
  }
}
