package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import java.time.Instant;
import java.util.Optional;

/**
 * An invite as the people of its tenant see it.
 *
 * @param address empty when its key is gone
 * @param invitedBy who answers for it
 * @param version counts its changes, but for what becomes of its letter
 */
public record InviteView(
    InviteId id,
    Optional<EmailAddress> address,
    Role role,
    State state,
    LetterState letter,
    PersonId invitedBy,
    Instant createdAt,
    Instant expiresAt,
    Optional<PersonId> acceptedBy,
    long version) {

  /** Where an invite is. */
  public enum State {
    /** It can be accepted. */
    OPEN,
    /** It could have been, and nobody did. */
    EXPIRED,
    ACCEPTED,
    DECLINED,
    REVOKED
  }

  /** Where its newest letter is. */
  public enum LetterState {
    /** It will be sent, or be tried again. */
    WAITING,
    /** A mail server has it. */
    SENT,
    /** No mail server takes it. */
    FAILED
  }
}
