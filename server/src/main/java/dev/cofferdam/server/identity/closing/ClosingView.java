package dev.cofferdam.server.identity.closing;

import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * That a tenant is to be deleted.
 *
 * @param agreed to by another owner; empty where there was none when it was asked for, or none has
 * @param dueAt until when an owner can call it off; empty while another owner has to agree
 */
public record ClosingView(
    PersonId requestedBy,
    Instant requestedAt,
    Optional<Agreement> agreed,
    Optional<Instant> dueAt) {

  /** Another owner's word. */
  public record Agreement(PersonId by, Instant at) {}

  /** Whether nothing comes of it before another owner agrees. */
  public boolean isWaiting() {
    return dueAt.isEmpty();
  }

  /** Whether {@code person} is another than the one who asked for it. */
  public boolean isByAnother(PersonId person) {
    return !requestedBy.equals(person);
  }
}
