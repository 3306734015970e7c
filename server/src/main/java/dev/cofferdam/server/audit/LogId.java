package dev.cofferdam.server.audit;

import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;
import java.util.UUID;

/** Which log. Ordered by what the database calls it, so that every server locks in one order. */
public sealed interface LogId extends Comparable<LogId> {
  /** The platform's log. */
  LogId PLATFORM = new OfPlatform();

  /** The log's name in its records: {@code platform}, or {@code tenant/} and the tenant's id. */
  String name();

  /** What the database calls it: the tenant's id, or the nil UUID for the platform. */
  UUID key();

  /** The log of the platform, which the operator reads. */
  record OfPlatform() implements LogId {
    private static final UUID NIL = new UUID(0, 0);

    @Override
    public String name() {
      return "platform";
    }

    @Override
    public UUID key() {
      return NIL;
    }
  }

  /** The log of one tenant. */
  record OfTenant(TenantId tenant) implements LogId {
    @Override
    public String name() {
      return "tenant/" + tenant;
    }

    @Override
    public UUID key() {
      return tenant.value();
    }
  }

  /** The log that the database calls {@code key}. */
  static LogId of(UUID key) {
    return key.equals(PLATFORM.key()) ? PLATFORM : new OfTenant(new TenantId(key));
  }

  /** The log with this name, if it can be one. */
  static Optional<LogId> ofName(String name) {
    if (name.equals(PLATFORM.name())) {
      return Optional.of(PLATFORM);
    }
    try {
      LogId log = of(UUID.fromString(name.substring(name.indexOf('/') + 1)));
      return log.name().equals(name) ? Optional.of(log) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  default int compareTo(LogId other) {
    // As PostgreSQL orders UUIDs: by their bytes, which Java's own order is not.
    int high =
        Long.compareUnsigned(key().getMostSignificantBits(), other.key().getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            key().getLeastSignificantBits(), other.key().getLeastSignificantBits());
  }
}
