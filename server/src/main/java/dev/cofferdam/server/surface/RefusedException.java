package dev.cofferdam.server.surface;

import java.io.Serial;

/**
 * Carries a {@link Refusal} out of a handler to the edge. Services return sealed outcomes; only a
 * handler throws this. Without a stack trace, since it is an answer and no failure.
 */
public final class RefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.code().code(), null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
