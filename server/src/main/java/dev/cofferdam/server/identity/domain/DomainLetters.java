package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.identity.OwnersPost;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells the owners of the tenant that is bound that the proof of a domain fails, or has ended. */
final class DomainLetters {
  private static final int ATTEMPTS = 6;
  private static final Duration PAUSE = Duration.ofMinutes(30);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final DomainRows rows;
  private final OwnersPost owners;
  private final Clock clock;

  DomainLetters(DomainRows rows, OwnersPost owners, Clock clock) {
    this.rows = rows;
    this.owners = owners;
    this.clock = clock;
  }

  /** Sends it to each owner whose address is known. An owner may get it twice, and none never. */
  void send(DomainRows.Letter letter) {
    boolean later = owners.isPutOff(subject(letter.domain()), body(letter.domain()));
    if (later && letter.attempts() + 1 < ATTEMPTS) {
      rows.letterDeferred(letter, clock.instant().plus(PAUSE));
    } else {
      rows.letterEnded(letter);
    }
  }

  private static String subject(DomainView domain) {
    return domain.state() == DomainView.State.LAPSED
        ? "The domain " + domain.name() + " is not proven any more"
        : "The record that proves " + domain.name() + " is missing";
  }

  private static String body(DomainView domain) {
    Instant until = domain.heldUntil().orElseThrow();
    String what =
        domain.state() == DomainView.State.LAPSED
            ? """
              Your workspace has proven the domain %s, and that has ended.
              Addresses in it are not believed any more when your own identity provider names them.
              """
                .formatted(domain.name())
            : """
              Your workspace has proven the domain %s, and its record cannot be seen any more.
              If it is not seen again, the proof ends on %s.
              """
                .formatted(domain.name(), DAY.format(until));
    return what
        + """

        The record is of the type TXT, at

        %s

        and says

        %s

        and no other workspace's record may stand beside it. When it is there again, have it checked on the
        page Domains.
        """
            .formatted(domain.place(), domain.challenge());
  }
}
