package dev.cofferdam.server.audit;

import dev.cofferdam.server.surface.RequestId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the running code acts. The edge binds it once it knows the caller, so that what
 * deeper modules announce (a tenant suspended, a key rotated) is recorded with its actor and
 * request. Another thread is unbound.
 *
 * @param request id of the request, or null outside one
 */
public record Acting(Actor actor, @Nullable RequestId request) {
  private static final ScopedValue<Acting> CURRENT = ScopedValue.newInstance();

  /** Runs {@code operation} on behalf of this actor. */
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> operation) throws X {
    return ScopedValue.where(CURRENT, this).call(operation);
  }

  /** On whose behalf the running code acts; empty when the platform acts by itself. */
  public static Optional<Acting> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /**
   * That {@code action} was done on behalf of whoever the edge says, or else by {@code part} of the
   * platform.
   */
  static Entry done(LogId log, String part, String action) {
    return current()
        .map(
            acting -> {
              Entry entry = Entry.done(log, acting.actor(), action);
              return acting.request() == null ? entry : entry.in(acting.request());
            })
        .orElseGet(() -> Entry.done(log, new Actor.OfPlatform(part), action));
  }
}
