package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.identity.OwnersPost;
import dev.cofferdam.server.identity.invite.LetterSender;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantProfiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells owners that a provider of their tenant's cannot be used, and that it can be used again:
 * each change once, and nothing that was over before it was told. Of any number of servers one
 * sends each; who dies with one leaves it to the others.
 */
final class ProviderLetters {
  private static final int AT_ONCE = 20;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final PlacedProviders placed;
  private final ProviderRows rows;
  private final TenantProfiles tenants;
  private final OwnersPost owners;
  private final TenantGate gate;
  private final Clock clock;

  ProviderLetters(
      PlacedProviders placed,
      ProviderRows rows,
      TenantProfiles tenants,
      OwnersPost owners,
      TenantGate gate,
      Clock clock) {
    this.placed = placed;
    this.rows = rows;
    this.tenants = tenants;
    this.owners = owners;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * Sends what is due.
   *
   * @return how many providers were due
   */
  int send() {
    Instant now = clock.instant();
    List<PlacedProviders.Due> due = placed.claimLetters(now, now.plus(LetterSender.CLAIM), AT_ONCE);
    for (PlacedProviders.Due one : due) {
      // A tenant that is closed is told nothing; should it be opened again, the letter goes then.
      if (gate.enter(one.tenant()) instanceof TenantEntry.Entered(Scope.OfTenant place)) {
        Scopes.run(place, () -> rows.letter(one.provider()).ifPresent(this::send));
      }
    }
    return due.size();
  }

  private void send(ProviderRows.Letter letter) {
    String tenant = tenants.current().name();
    boolean later =
        letter
            .failingSince()
            .map(since -> owners.isPutOff(failing(letter), failing(letter, tenant, since)))
            .orElseGet(() -> owners.isPutOff(well(letter), well(letter, tenant)));
    Optional<Duration> pause = later ? LetterSender.pause(letter.attempts() + 1) : Optional.empty();
    pause.ifPresentOrElse(
        wait -> rows.deferred(letter, clock.instant().plus(wait)),
        () -> rows.told(letter, clock.instant()));
  }

  private static String failing(ProviderRows.Letter letter) {
    return "Nobody can sign in at " + letter.alias() + " now";
  }

  private static String failing(ProviderRows.Letter letter, String tenant, Instant since) {
    return """
    The identity provider "%s" of the workspace "%s" cannot be used.

    Since: %s
    Why: %s

    Whoever is signed in stays signed in, and nobody signs in there until it works again.
    Owners whom the platform's own identity provider knows sign in there, whatever becomes
    of this one: on the page Providers they see how it is, try it, and deactivate it.
    """
        .formatted(
            letter.alias(),
            tenant,
            MINUTE.format(since),
            letter.because().map(Trouble::sentence).orElse("Unknown."));
  }

  private static String well(ProviderRows.Letter letter) {
    return "People sign in at " + letter.alias() + " again";
  }

  private static String well(ProviderRows.Letter letter, String tenant) {
    return """
    The identity provider "%s" of the workspace "%s" could not be used, and works again:
    somebody has just signed in at it.
    """
        .formatted(letter.alias(), tenant);
  }
}
