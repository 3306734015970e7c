package dev.cofferdam.server.surface;

import dev.cofferdam.server.tenancy.TenantId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a handler answers after a change: the body, and the record that the service wrote in the
 * same transaction. The edge waits for that record's receipt before it answers.
 *
 * @param elsewhere the tenant in whose log the record stands, where it is not the one that the
 *     credential was bound to: a tenant that was just made, or entered. Empty for the log of the
 *     caller's own tenant, or the platform's.
 * @param body what the client gets, rendered as if it had been returned alone
 */
public record Recorded<T>(RecordId record, Optional<TenantId> elsewhere, T body) {
  public Recorded {
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(elsewhere, "elsewhere");
    Objects.requireNonNull(body, "body");
  }

  /** Recorded in the log of the caller's tenant, or the platform's. */
  public Recorded(RecordId record, T body) {
    this(record, Optional.empty(), body);
  }

  /** Recorded in the log of {@code tenant}, which the credential need not be bound to. */
  public static <T> Recorded<T> in(TenantId tenant, RecordId record, T body) {
    return new Recorded<>(record, Optional.of(tenant), body);
  }

  /** The same record, and another body. */
  public <S> Recorded<S> with(S other) {
    return new Recorded<>(record, elsewhere, other);
  }
}
