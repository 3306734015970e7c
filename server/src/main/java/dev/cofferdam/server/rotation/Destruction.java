package dev.cofferdam.server.rotation;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The wish that one older version of a purpose's keys be destroyed in the rings of all tenants, and
 * what became of it.
 *
 * @param approved by whom else, and from when on it is done
 * @param doneTo the last tenant that is done with
 * @param destroyed how many keys, of the tenants so far
 * @param kept how many had such a key and keep it, since it is active or something needs it
 */
public record Destruction(
    UUID id,
    KeyPurpose purpose,
    int version,
    String reason,
    PersonId wishedBy,
    Instant wishedAt,
    Optional<Approved> approved,
    Optional<Withdrawn> withdrawn,
    Optional<TenantId> doneTo,
    long destroyed,
    long kept,
    Optional<Instant> endedAt) {

  /** Where it stands that goes on and is done with nobody. */
  static final TenantId BEFORE_ALL = new TenantId(new UUID(0, 0));

  /** The second operator's word. */
  public record Approved(PersonId by, Instant at, Instant due) {}

  /** That it was called back. */
  public record Withdrawn(PersonId by, Instant at) {}

  /** How far it is. */
  public enum State {
    WISHED,
    APPROVED,
    GOING_ON,
    ENDED,
    WITHDRAWN
  }

  public State state() {
    if (withdrawn.isPresent()) {
      return State.WITHDRAWN;
    }
    if (endedAt.isPresent()) {
      return State.ENDED;
    }
    if (doneTo.isPresent()) {
      return State.GOING_ON;
    }
    return approved.isPresent() ? State.APPROVED : State.WISHED;
  }

  /** Whether {@code person} is another than the one who wished it. */
  boolean isByAnother(PersonId person) {
    return !wishedBy.equals(person);
  }

  /** Whether its time has come. */
  boolean isDue(Instant now) {
    return approved.isPresent() && !now.isBefore(approved.get().due());
  }
}
