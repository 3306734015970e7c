package dev.cofferdam.server.identity.domain;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Tenants;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The domains of the tenant that is bound. */
public final class Domains {
  private static final UUID FIRST = new UUID(0, 0);

  private final DomainRows rows;
  private final DomainChecks checks;
  private final DomainActs acts;
  private final MemberProfiles profiles;
  private final Authorization authorization;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final SecureRandom random;
  private final DomainSettings settings;
  private final Clock clock;

  Domains(
      DomainRows rows,
      DomainChecks checks,
      DomainActs acts,
      MemberProfiles profiles,
      Authorization authorization,
      TransactionOperations transaction,
      Ids ids,
      SecureRandom random,
      DomainSettings settings,
      Clock clock) {
    this.rows = rows;
    this.checks = checks;
    this.acts = acts;
    this.profiles = profiles;
    this.authorization = authorization;
    this.transaction = transaction;
    this.ids = ids;
    this.random = random;
    this.settings = settings;
    this.clock = clock;
  }

  /** The claims, by id, which is by when they were made. */
  public Page<DomainView> list(PageRequest asked) {
    @Nullable String after = asked.after();
    List<DomainView> found =
        rows.page(after == null ? FIRST : UUID.fromString(after), asked.limit() + 1);
    boolean more = found.size() > asked.limit();
    List<DomainView> shown = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(shown, more ? shown.getLast().id().toString() : null);
  }

  public Optional<DomainView> find(DomainId id) {
    return rows.find(id);
  }

  /**
   * Whether the tenant has proven the domain of this address, and that was seen recently enough. Of
   * exactly this domain: what is below a proven one may be somebody else's.
   */
  public boolean isProvenFor(EmailAddress address) {
    return rows.isHeld(address.domain(), clock.instant());
  }

  /**
   * Claims a domain. Says nothing of whether another tenant has.
   *
   * @param kept called inside the transaction with what it came to
   */
  public DomainChange claim(
      Call call, Caller.Person by, DomainName name, Consumer<Recorded<DomainView>> kept) {
    DomainChange change =
        deciding(
            by,
            () ->
                Objects.requireNonNull(
                    transaction.execute(status -> claimed(call, by, name, kept))));
    if (change instanceof DomainChange.Done) {
      // Owners are written to when the proof of a domain ends.
      profiles.note(by);
    }
    return change;
  }

  private DomainChange claimed(
      Call call, Caller.Person by, DomainName name, Consumer<Recorded<DomainView>> kept) {
    if (rows.count() >= settings.mostClaims()) {
      return new DomainChange.TooMany();
    }
    DomainId id = new DomainId(ids.next());
    if (!rows.insert(id, name, Challenge.draw(random), by.id(), clock.instant())) {
      return new DomainChange.ClaimedBefore();
    }
    Recorded<DomainView> made =
        new Recorded<>(acts.claimed(call, by, id, name), rows.find(id).orElseThrow());
    kept.accept(made);
    return new DomainChange.Done(made);
  }

  /** Looks at the DNS now: what it finds is in the view. */
  public DomainChange check(Call call, Caller.Person by, DomainId id) {
    return deciding(by, () -> checked(call, by, id));
  }

  private DomainChange checked(Call call, Caller.Person by, DomainId id) {
    Optional<DomainView> known = rows.find(id);
    if (known.isEmpty()) {
      return new DomainChange.Unknown();
    }
    NotedDomains.Claim claim = new NotedDomains.Claim(Tenants.current(), id);
    AtomicReference<@Nullable RecordId> record = new AtomicReference<>();
    NotedDomains.Noted noted =
        checks.look(
            claim,
            known.get().name(),
            found -> {
              if (found.became() != NotedDomains.Became.UNKNOWN) {
                record.set(acts.checked(call, by, claim, found));
              }
            });
    @Nullable RecordId written = record.get();
    Optional<DomainView> now = rows.find(id);
    return noted.became() == NotedDomains.Became.UNKNOWN || written == null || now.isEmpty()
        ? new DomainChange.Unknown()
        : new DomainChange.Done(new Recorded<>(written, now.get()));
  }

  /** Gives a claim up, and with it what was proven. Claimed again, it needs another record. */
  public DomainChange remove(Call call, Caller.Person by, DomainId id) {
    return deciding(
        by,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        rows.delete(id)
                            .<DomainChange>map(
                                gone ->
                                    new DomainChange.Done(
                                        new Recorded<>(acts.removed(call, by, gone), gone)))
                            .orElseGet(DomainChange.Unknown::new))));
  }

  private DomainChange deciding(Caller.Person by, Supplier<DomainChange> work) {
    return authorization.decide(
                Facts.of(
                    by,
                    Action.CHANGE_FEDERATION,
                    Tenants.current(),
                    new Matter.OnTenant(),
                    clock.instant()))
            instanceof Decision.Denied(Reason reason)
        ? new DomainChange.Denied(reason)
        : work.get();
  }
}
