package dev.cofferdam.server.nodes;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.Members;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/** What lets machines become nodes of the tenant that is bound, one each. */
public final class BootstrapTokens {
  /** How long one is good at least, and at most. */
  public static final Duration SHORTEST = Duration.ofMinutes(5);

  public static final Duration LONGEST = Duration.ofDays(1);

  private final BootstrapRows rows;
  private final Members members;
  private final NodeRights rights;
  private final NodeActs acts;
  private final RingMac ring;
  private final SecureRandom random;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final NodeSettings settings;
  private final Clock clock;

  BootstrapTokens(
      BootstrapRows rows,
      Members members,
      NodeRights rights,
      NodeActs acts,
      RingMac ring,
      SecureRandom random,
      TransactionOperations transaction,
      Ids ids,
      NodeSettings settings,
      Clock clock) {
    this.rows = rows;
    this.members = members;
    this.rights = rights;
    this.acts = acts;
    this.ring = ring;
    this.random = random;
    this.transaction = transaction;
    this.ids = ids;
    this.settings = settings;
    this.clock = clock;
  }

  /** By id, which is by when they were made; those that expired a month ago are left out. */
  public Page<BootstrapView> list(PageRequest asked) {
    return rows.page(asked);
  }

  /**
   * Makes one.
   *
   * @param name of the node to be
   * @param goodFor from {@link #SHORTEST} to {@link #LONGEST}
   */
  public BootstrapChange make(Call call, Caller.Person by, GivenName name, Duration goodFor) {
    if (goodFor.compareTo(SHORTEST) < 0 || goodFor.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a bootstrap token is good for minutes to a day");
    }
    Optional<Reason> denied = rights.denied(by, Action.ADMIT_NODE);
    if (denied.isPresent()) {
      return new BootstrapChange.Denied(denied.get());
    }
    // As finely as PostgreSQL keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    // Before the transaction, which is the tenant's: the ring is the platform's.
    BootstrapToken secret = BootstrapToken.make(random, ring);
    return Objects.requireNonNull(
        transaction.execute(status -> made(call, by, name, secret, now, now.plus(goodFor))));
  }

  private BootstrapChange made(
      Call call,
      Caller.Person by,
      GivenName name,
      BootstrapToken secret,
      Instant now,
      Instant until) {
    // Kept until the end: whoever removes the maker at the same time comes before or after.
    if (!members.isMember(by.id())) {
      return new BootstrapChange.Denied(Reason.NOT_ALLOWED);
    }
    if (rows.open(now) >= settings.mostBootstrapTokens()) {
      return new BootstrapChange.TooMany();
    }
    BootstrapView made =
        rows.insert(new BootstrapId(ids.next()), name, secret.hash(), by.id(), now, until);
    return new BootstrapChange.Made(new Recorded<>(acts.made(call, by, made), made), secret);
  }

  /** Ends one that nobody has used yet. */
  public BootstrapChange revoke(Call call, Caller.Person by, BootstrapId id) {
    Optional<Reason> denied = rights.denied(by, Action.CHANGE_NODES);
    if (denied.isPresent()) {
      return new BootstrapChange.Denied(denied.get());
    }
    return Objects.requireNonNull(transaction.execute(status -> revoked(call, by, id)));
  }

  private BootstrapChange revoked(Call call, Caller.Person by, BootstrapId id) {
    Optional<BootstrapView> found = rows.findLocked(id);
    if (found.isEmpty()) {
      return new BootstrapChange.Unknown();
    }
    if (found.get().node().isPresent() || found.get().revokedAt().isPresent()) {
      return new BootstrapChange.Spent();
    }
    BootstrapView revoked = rows.revoke(id, clock.instant());
    return new BootstrapChange.Revoked(new Recorded<>(acts.revoked(call, by, revoked), revoked));
  }
}
