package dev.cofferdam.server.identity.invite;

import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.mail.Delivery;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.mail.Letter;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends the letters of invites. A code is made for each sending and is nowhere else than in its
 * letter: so a letter that is sent again, or of which nobody knows whether it arrived, makes the
 * one before worthless, and nothing that is stored can be accepted.
 */
public final class LetterSender {
  /** For how long a letter is one sender's; longer than a mail server is waited for. */
  public static final Duration CLAIM = Duration.ofMinutes(5);

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("invite"));
  private static final int AT_ONCE = 20;

  /** How long until the next attempt; behind the last of them there is none. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(8));

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final FoundInvites found;
  private final InviteRows rows;
  private final SealedAddresses addresses;
  private final MemberProfiles profiles;
  private final TenantProfiles tenants;
  private final TenantGate gate;
  private final RingMac ring;
  private final SecureRandom random;
  private final Mail mail;
  private final TransactionOperations transaction;
  private final Clock clock;

  LetterSender(
      FoundInvites found,
      InviteRows rows,
      SealedAddresses addresses,
      MemberProfiles profiles,
      TenantProfiles tenants,
      TenantGate gate,
      RingMac ring,
      SecureRandom random,
      Mail mail,
      TransactionOperations transaction,
      Clock clock) {
    this.found = found;
    this.rows = rows;
    this.addresses = addresses;
    this.profiles = profiles;
    this.tenants = tenants;
    this.gate = gate;
    this.ring = ring;
    this.random = random;
    this.mail = mail;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** How long to wait after so many attempts; empty when it was tried often enough. */
  public static Optional<Duration> pause(int attempts) {
    return attempts > PAUSES.size() ? Optional.empty() : Optional.of(PAUSES.get(attempts - 1));
  }

  /** A letter, and which attempt it is. */
  private record Written(Letter letter, int attempt) {}

  /**
   * Sends what is due.
   *
   * @return how many letters were due
   */
  public int send() {
    Instant now = clock.instant();
    List<FoundInvites.Due> due =
        Scopes.call(SCOPE, () -> found.claim(now, now.plus(CLAIM), AT_ONCE));
    for (FoundInvites.Due one : due) {
      // A tenant that is closed sends nothing; should it be opened again, the letter goes then.
      if (gate.enter(one.tenant()) instanceof TenantEntry.Entered(Scope.OfTenant place)) {
        Scopes.run(place, () -> send(one.invite()));
      }
    }
    return due.size();
  }

  private void send(InviteId id) {
    // Before the transaction, which is the tenant's: the ring is the platform's.
    InviteCode code = InviteCode.make(random, ring);
    Optional<Written> written =
        Objects.requireNonNull(transaction.execute(status -> write(id, code)));
    if (written.isEmpty()) {
      return;
    }
    Delivery delivery = mail.deliver(written.get().letter());
    byte[] hash = code.hash();
    switch (delivery) {
      case Delivery.HandedOver taken -> rows.note(id, hash, "sent", null);
      case Delivery.Refused refused -> rows.note(id, hash, "failed", null);
      case Delivery.Deferred later -> {
        Optional<Duration> pause = pause(written.get().attempt());
        rows.note(
            id,
            hash,
            pause.isPresent() ? "waiting" : "failed",
            pause.map(clock.instant()::plus).orElse(null));
      }
    }
  }

  /** The letter, and its code in the row before it leaves. */
  private Optional<Written> write(InviteId id, InviteCode code) {
    Instant now = clock.instant();
    Optional<InviteRows.Row> locked =
        rows.findLocked(id)
            .filter(InviteRows.Row::isOpen)
            .filter(row -> row.letter().equals("waiting"));
    Optional<EmailAddress> to =
        locked.flatMap(row -> addresses.open(row.id(), row.addressSealed()));
    if (to.isEmpty()) {
      return Optional.empty();
    }
    InviteRows.Row row = locked.orElseThrow();
    rows.attempt(id, code.hash(), now.plus(CLAIM));
    return Optional.of(new Written(letter(row, to.get(), code), row.letterAttempts() + 1));
  }

  private Letter letter(InviteRows.Row row, EmailAddress to, InviteCode code) {
    String tenant = tenants.current().name();
    Profile inviter =
        Objects.requireNonNull(profiles.of(List.of(row.invitedBy())).get(row.invitedBy()));
    return new Letter(
        to,
        "You are invited to " + tenant,
        """
        %s invites you to the workspace "%s", as %s.

        To accept or decline:

        1. Open %s/invite
        2. Sign in as %s
        3. Paste this code:

        %s

        The code is good for this address alone, once, until %s.
        If you expected no invitation, there is nothing you need to do.
        """
            .formatted(
                called(inviter),
                tenant,
                Stored.name(row.role()),
                row.origin(),
                to.text(),
                code.text(),
                DAY.format(row.expiresAt())));
  }

  private static String called(Profile inviter) {
    String name = inviter.name();
    String email = inviter.email();
    return name == null
        ? email == null ? "Somebody" : email
        : email == null ? name : name + " (" + email + ")";
  }
}
