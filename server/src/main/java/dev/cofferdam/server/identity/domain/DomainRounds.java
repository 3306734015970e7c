package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks at what is proven again when it is due, and has the owners written to when that fails. Of
 * any number of servers one takes each; who dies with one leaves it to the others.
 */
public final class DomainRounds {
  private static final int AT_ONCE = 20;

  /** Longer than a look and its letters can take. */
  private static final Duration CLAIM = Duration.ofMinutes(10);

  private final NotedDomains noted;
  private final DomainRows rows;
  private final DomainChecks checks;
  private final DomainActs acts;
  private final DomainLetters letters;
  private final TenantGate gate;
  private final Clock clock;

  DomainRounds(
      NotedDomains noted,
      DomainRows rows,
      DomainChecks checks,
      DomainActs acts,
      DomainLetters letters,
      TenantGate gate,
      Clock clock) {
    this.noted = noted;
    this.rows = rows;
    this.checks = checks;
    this.acts = acts;
    this.letters = letters;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * Works off what is due.
   *
   * @return how many domains were due
   */
  public int workOff() {
    List<NotedDomains.Claim> due =
        Scopes.call(
            DomainChecks.SCOPE,
            () -> noted.claim(clock.instant(), clock.instant().plus(CLAIM), AT_ONCE));
    for (NotedDomains.Claim one : due) {
      // Of a tenant that is closed nothing is looked at; what it had proven is held no longer in
      // time.
      if (gate.enter(one.tenant()) instanceof TenantEntry.Entered(Scope.OfTenant place)) {
        Scopes.run(place, () -> workOff(one));
      }
    }
    return due.size();
  }

  private void workOff(NotedDomains.Claim one) {
    rows.letter(one.id()).ifPresent(letters::send);
    rows.find(one.id())
        .filter(domain -> domain.state() == DomainView.State.PROVEN)
        .ifPresent(domain -> look(one, domain));
  }

  private void look(NotedDomains.Claim one, DomainView domain) {
    NotedDomains.Noted became =
        checks.look(
            one,
            domain.name(),
            found -> {
              boolean fails =
                  found.became() == NotedDomains.Became.FAILING
                      && domain.finding().equals(Optional.of(DomainView.Finding.SHOWN));
              if (fails || found.became() == NotedDomains.Became.LAPSED) {
                acts.changed(one, found);
              }
            });
    if (became.became() == NotedDomains.Became.LAPSED
        || became.became() == NotedDomains.Became.FAILING) {
      rows.letter(one.id()).ifPresent(letters::send);
    }
  }
}
