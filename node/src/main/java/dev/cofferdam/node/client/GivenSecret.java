package dev.cofferdam.node.client;

import dev.cofferdam.protocol.crypto.SecretBytes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that was opened, until it is closed; no record, since it is not to be printed. */
public final class GivenSecret implements AutoCloseable {
  private final long version;
  private final String recordId;
  private final boolean proven;
  private final @Nullable Instant keptSince;
  private final SecretBytes value;

  GivenSecret(
      long version,
      String recordId,
      boolean proven,
      @Nullable Instant keptSince,
      SecretBytes value) {
    this.version = version;
    this.recordId = recordId;
    this.proven = proven;
    this.keptSince = keptSince;
    this.value = value;
  }

  /** Which version of the secret it is. */
  public long version() {
    return version;
  }

  /** Of the record of this read in the tenant's log. */
  public String recordId() {
    return recordId;
  }

  /** Whether the receipt was verified with a key of the tenant's log. */
  public boolean isProven() {
    return proven;
  }

  /** When it came, where it was kept since then; empty when it came just now. */
  public Optional<Instant> keptSince() {
    return Optional.ofNullable(keptSince);
  }

  public SecretBytes value() {
    return value;
  }

  @Override
  public void close() {
    value.close();
  }

  @Override
  public String toString() {
    return "version " + version + " of a secret";
  }
}
