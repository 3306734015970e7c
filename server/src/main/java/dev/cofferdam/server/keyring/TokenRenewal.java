package dev.cofferdam.server.keyring;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the token go on by which this server was let to its root key: it needs it at its next start
 * only, and until then the token would end. For one thread.
 */
final class TokenRenewal {
  private static final Logger LOG = LoggerFactory.getLogger(TokenRenewal.class);

  /** Also of a token that never ends, so that one put in its place is looked at. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Supplier<Transit.Renewal> renewing;
  private final Clock clock;
  private Instant due = Instant.MIN;
  private boolean told;

  TokenRenewal(Supplier<Transit.Renewal> renewing, Clock clock) {
    this.renewing = renewing;
    this.clock = clock;
  }

  /** Renews it when half of its time is over; what did not succeed is tried at the next call. */
  void look() {
    Instant now = clock.instant();
    if (now.isBefore(due)) {
      return;
    }
    switch (renewing.get()) {
      case Transit.Renewal.Renewed(Duration lease) -> {
        if (told) {
          LOG.info("The token of the key service is renewed again.");
        }
        told = false;
        due =
            now.plus(lease.isZero() || lease.compareTo(LONGEST) > 0 ? LONGEST : lease.dividedBy(2));
      }
      case Transit.Renewal.Refused(int status) -> {
        warn("the key service does not renew it (" + status + "): whoever puts it there has to");
        due = now.plus(LONGEST);
      }
      case Transit.Renewal.Unavailable(String why) -> warn(why + "; it is tried again");
    }
  }

  /** Once, and not at each look. */
  private void warn(String why) {
    if (!told) {
      LOG.warn(
          "The token of the key service is not renewed, and without a good one this server does not"
              + " start again: {}.",
          why);
    }
    told = true;
  }
}
