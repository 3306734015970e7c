package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.authz.Reason;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.ProviderRef;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The identity providers of the tenant that is bound. */
public final class Providers {
  /** How many a tenant may bring. */
  private static final int MOST = 20;

  private final ProviderRows rows;
  private final PlacedProviders placed;
  private final SealedCredentials credentials;
  private final Sessions sessions;
  private final ProviderActs acts;
  private final Authorization authorization;
  private final TransactionOperations transaction;
  private final Ids ids;
  private final Clock clock;

  Providers(
      ProviderRows rows,
      PlacedProviders placed,
      SealedCredentials credentials,
      Sessions sessions,
      ProviderActs acts,
      Authorization authorization,
      TransactionOperations transaction,
      Ids ids,
      Clock clock) {
    this.rows = rows;
    this.placed = placed;
    this.credentials = credentials;
    this.sessions = sessions;
    this.acts = acts;
    this.authorization = authorization;
    this.transaction = transaction;
    this.ids = ids;
    this.clock = clock;
  }

  /** All of them, by alias, which is the position. */
  public Page<ProviderView> list(PageRequest asked) {
    @Nullable String after = asked.after();
    List<ProviderView> found =
        rows.all().stream()
            .filter(row -> after == null || row.alias().compareTo(after) > 0)
            .map(this::view)
            .toList();
    return found.size() <= asked.limit()
        ? new Page<>(found, null)
        : new Page<>(found.subList(0, asked.limit()), found.get(asked.limit() - 1).alias());
  }

  public Optional<ProviderView> find(ProviderId id) {
    return rows.find(id).map(this::view);
  }

  /**
   * Brings one, which is inactive until it was tried.
   *
   * @param wish of which nothing is {@link ProviderWish#wrong}
   * @param kept called inside the transaction with what it came to
   */
  public ProviderChange create(
      Call call, Caller.Person by, ProviderWish wish, Consumer<Recorded<ProviderView>> kept) {
    return deciding(by, () -> inTransaction(() -> created(call, by, wish, kept)));
  }

  private ProviderChange created(
      Call call, Caller.Person by, ProviderWish wish, Consumer<Recorded<ProviderView>> kept) {
    if (rows.all().size() >= MOST) {
      return new ProviderChange.TooMany();
    }
    ProviderId id = new ProviderId(ids.next());
    byte[] sealed =
        wish.secret()
            .map(secret -> credentials.seal(id, secret))
            .orElseGet(() -> credentials.sealNewKey(id));
    if (!rows.insert(id, wish, sealed, clock.instant())) {
      return new ProviderChange.AliasTaken();
    }
    ProviderChange.Done made = done(call, by, "provider.created", rows.find(id).orElseThrow());
    kept.accept(made.provider());
    return made;
  }

  /** Lets people sign in at it, which somebody has tried before. */
  public ProviderChange activate(Call call, Caller.Person by, ProviderId id, IfMatch read) {
    return deciding(
        by,
        () ->
            inTransaction(
                () -> {
                  Optional<ProviderRows.Row> row = rows.findLocked(id);
                  return row.isEmpty()
                      ? new ProviderChange.Unknown()
                      : !isRead(row.get(), read)
                          ? new ProviderChange.Outdated()
                          : activated(call, by, row.get());
                }));
  }

  private ProviderChange activated(Call call, Caller.Person by, ProviderRows.Row row) {
    if (row.triedAt().isEmpty()) {
      return new ProviderChange.Untried();
    }
    rows.activate(row.id(), clock.instant());
    return done(call, by, "provider.activated", rows.find(row.id()).orElseThrow());
  }

  /** Lets nobody sign in at it, and ends the sessions that were begun at it, within a second. */
  public ProviderChange deactivate(Call call, Caller.Person by, ProviderId id, IfMatch read) {
    ProviderChange change = ended(call, by, id, read, "provider.deactivated", false);
    return change instanceof ProviderChange.Done(var before)
        ? new ProviderChange.Done(before.with(view(rows.find(id).orElseThrow())))
        : change;
  }

  /** Forgets it, its secret, and the sessions that were begun at it; its people stay members. */
  public ProviderChange remove(Call call, Caller.Person by, ProviderId id, IfMatch read) {
    return ended(call, by, id, read, "provider.removed", true);
  }

  private ProviderChange ended(
      Call call, Caller.Person by, ProviderId id, IfMatch read, String action, boolean forget) {
    return deciding(
        by,
        () -> {
          Optional<ProviderRows.Row> row = rows.find(id);
          if (row.isEmpty()) {
            return new ProviderChange.Unknown();
          }
          if (!isRead(row.get(), read)) {
            return new ProviderChange.Outdated();
          }
          ProviderView before = view(row.get());
          ProviderRef at = new ProviderRef(Tenants.current(), id);
          return placed
              .end(
                  at,
                  before.version(),
                  forget,
                  clock.instant(),
                  () -> acts.ended(call, by, action, at, before.issuer()))
              .<ProviderChange>map(
                  record -> new ProviderChange.Done(new Recorded<>(record, before)))
              .orElseGet(ProviderChange.Outdated::new);
        });
  }

  private static boolean isRead(ProviderRows.Row row, IfMatch read) {
    return read.matches(ETag.ofVersion(row.version()));
  }

  private ProviderChange deciding(Caller.Person by, Supplier<ProviderChange> work) {
    Facts facts =
        Facts.of(
            by,
            Action.CHANGE_FEDERATION,
            Tenants.current(),
            new Matter.OnTenant(),
            clock.instant());
    if (authorization.decide(facts) instanceof Decision.Denied(Reason reason)) {
      return new ProviderChange.Denied(reason);
    }
    return sessions.provider(by).isPresent() ? new ProviderChange.OwnProvider() : work.get();
  }

  private ProviderChange inTransaction(Supplier<ProviderChange> work) {
    return Objects.requireNonNull(transaction.execute(status -> work.get()));
  }

  private ProviderChange.Done done(
      Call call, Caller.Person by, String action, ProviderRows.Row row) {
    return new ProviderChange.Done(
        new Recorded<>(acts.done(call, by, action, row.id(), row.issuer()), view(row)));
  }

  private ProviderView view(ProviderRows.Row row) {
    return new ProviderView(
        row.id(),
        row.alias(),
        row.issuer(),
        row.clientId(),
        row.proof(),
        row.proof() == ProviderView.Proof.PRIVATE_KEY_JWT
            ? Optional.of(credentials.openKey(row.id(), row.sealed()).toPublicJWK().toJSONString())
            : Optional.empty(),
        row.acrValues(),
        row.leastAcr(),
        row.names(),
        row.verifiedByDomain(),
        !row.active()
            ? ProviderView.State.INACTIVE
            : row.failingSince().isPresent()
                ? ProviderView.State.DEGRADED
                : ProviderView.State.ACTIVE,
        row.triedAt(),
        row.trial(),
        row.failingSince(),
        row.failingBecause(),
        row.version(),
        row.createdAt());
  }
}
