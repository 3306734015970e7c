package dev.cofferdam.server.rotation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyKind;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.SealedCells;
import dev.cofferdam.server.keyring.SealedColumns;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantListing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Rings from outside: their keys, and what hangs on them. Counts, and shows nothing that is in a
 * tenant. Changes nothing. Safe for use by many threads.
 */
public final class Rings {
  /**
   * For how long after its rotation a key may have something under it that no count has found yet:
   * longer than any request takes.
   */
  static final Duration UNDER_WAY = Duration.ofMinutes(15);

  /** What lies under a key of these is found by the key's id, to the last one. */
  private static final Set<KeyPurpose> COUNTED =
      Set.of(KeyPurpose.DATA, KeyPurpose.COLUMN, KeyPurpose.PLATFORM_COLUMN, KeyPurpose.SUBJECT);

  private static final Scope KEYRING = new Scope.OfPlatform(new Purpose("keyring"));
  private static final int PAGE = 100;

  private final Keyring keyring;
  private final SealedColumns columns;
  private final List<SealedCells> cells;
  private final RunRows runs;
  private final TenantDirectory directory;
  private final TenantGate gate;
  private final Clock clock;

  Rings(
      Keyring keyring,
      SealedColumns columns,
      List<SealedCells> cells,
      RunRows runs,
      TenantDirectory directory,
      TenantGate gate,
      Clock clock) {
    this.keyring = keyring;
    this.columns = columns;
    this.cells = List.copyOf(cells);
    this.runs = runs;
    this.directory = directory;
    this.gate = gate;
    this.clock = clock;
  }

  /** The rings of the platform that were ever used. */
  public List<RingView> ofPlatform() {
    return views(
        KEYRING,
        purposes(KeyPurpose.Holder.PLATFORM).map(purpose -> (Ring) new Ring.OfPlatform(purpose)));
  }

  /** A tenant's own that were ever used, without those of its persons; empty for no tenant. */
  public List<RingView> ofTenant(TenantId tenant) {
    return gate.scopeOf(tenant)
        .map(
            scope ->
                views(
                    scope,
                    purposes(KeyPurpose.Holder.TENANT)
                        .map(purpose -> (Ring) new Ring.OfTenant(tenant, purpose))))
        .orElse(List.of());
  }

  private static Stream<KeyPurpose> purposes(KeyPurpose.Holder holder) {
    return Arrays.stream(KeyPurpose.values()).filter(purpose -> purpose.holder() == holder);
  }

  private List<RingView> views(Scope scope, Stream<Ring> rings) {
    return Scopes.call(
        scope, () -> rings.map(this::view).filter(view -> !view.keys().isEmpty()).toList());
  }

  /** A ring of the scope that is bound. */
  RingView view(Ring ring) {
    return new RingView(ring, keyring.list(ring).stream().map(key -> view(ring, key)).toList());
  }

  private RingView.KeyView view(Ring ring, KeyInfo key) {
    Optional<Instant> due =
        key.state() == KeyState.ACTIVE
            ? Optional.of(key.since().plus(ring.purpose().activeFor()))
            : Optional.empty();
    return new RingView.KeyView(key, due, needs(ring, key), neededUntil(key));
  }

  /** What needs a key of the scope that is bound. */
  List<KeyUsage.Artefacts> needs(Ring ring, KeyInfo key) {
    if (ring.purpose() == KeyPurpose.COLUMN && key.state() != KeyState.DESTROYED) {
      return columns.under(key.id()).entrySet().stream()
          .map(column -> new KeyUsage.Artefacts(column.getKey(), column.getValue()))
          .toList();
    }
    return keyring.protectedBy(ring, key).stream().filter(sort -> sort.count() > 0).toList();
  }

  private Optional<Instant> neededUntil(KeyInfo key) {
    return switch (key.state()) {
      case ANNOUNCED, ACTIVE, DESTROYED -> Optional.empty();
      case VERIFYING_ONLY -> future(key.since().plus(overlap(key.purpose())));
      // It opens nothing any more; but it may have been retired before its time.
      case RETIRED ->
          key.purpose().kind() == KeyKind.ENCRYPTION
              ? future(key.since().plus(UNDER_WAY))
              : Optional.empty();
    };
  }

  private Optional<Instant> future(Instant until) {
    return until.isAfter(clock.instant()) ? Optional.of(until) : Optional.empty();
  }

  /** For how long after its rotation something may need a key without being counted. */
  static Duration overlap(KeyPurpose purpose) {
    return COUNTED.contains(purpose) ? UNDER_WAY : purpose.verifiesFor();
  }

  /**
   * What a rotation would do.
   *
   * @param only of one tenant's rings alone, where the purpose has rings of tenants
   */
  public Preview preview(KeyPurpose purpose, Optional<TenantId> only) {
    Count count = new Count();
    if (purpose.holder() == KeyPurpose.Holder.PLATFORM) {
      Scopes.run(
          KEYRING,
          () -> {
            Ring ring = new Ring.OfPlatform(purpose);
            count.rings += keyring.list(ring).isEmpty() ? 0 : 1;
            count.add(count.agesOut, keyring.preview(ring).live());
          });
    } else {
      eachTenant(only, (tenant, scope) -> Scopes.run(scope, () -> count(purpose, tenant, count)));
    }
    return new Preview(
        purpose,
        only,
        count.rings,
        Turns.announced(purpose),
        Count.sorts(count.agesOut),
        purpose.verifiesFor(),
        Count.sorts(count.sealedAnew),
        seen(purpose, only));
  }

  private void count(KeyPurpose purpose, TenantId tenant, Count count) {
    count.rings += keyring.inUse(tenant, purpose);
    if (purpose.holder() == KeyPurpose.Holder.SUBJECT) {
      return;
    }
    Ring ring = new Ring.OfTenant(tenant, purpose);
    List<SealedCells> sorts = cells.stream().filter(sort -> sort.purpose() == purpose).toList();
    if (sorts.isEmpty()) {
      count.add(count.agesOut, keyring.preview(ring).live());
      return;
    }
    for (KeyInfo key : keyring.list(ring)) {
      if (key.state().verifies()) {
        sorts.forEach(
            sort ->
                count.add(
                    count.sealedAnew,
                    List.of(new KeyUsage.Artefacts(sort.what(), sort.under(key.id())))));
      }
    }
  }

  private void eachTenant(Optional<TenantId> only, BiConsumer<TenantId, Scope> work) {
    if (only.isPresent()) {
      gate.scopeOf(only.get()).ifPresent(scope -> work.accept(only.get(), scope));
      return;
    }
    Optional<TenantId> behind = Optional.empty();
    List<TenantListing> page = directory.list(behind, Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      for (TenantListing tenant : page) {
        gate.scopeOf(tenant.tenant()).ifPresent(scope -> work.accept(tenant.tenant(), scope));
      }
      page = directory.list(Optional.of(page.getLast().tenant()), Optional.empty(), PAGE);
    }
  }

  /**
   * What two look alike by to whom a rotation would mean the same: the last rotation of the
   * purpose, and the active key where it is one. Of all tenants' keys it is not, since new tenants
   * have new ones all the time.
   */
  String seen(KeyPurpose purpose, Optional<TenantId> only) {
    String last =
        Scopes.call(RunWorker.RUNS, () -> runs.newest(purpose))
            .map(run -> run.id().toString())
            .orElse("-");
    String active =
        switch (purpose.holder()) {
          case PLATFORM -> Scopes.call(KEYRING, () -> active(new Ring.OfPlatform(purpose)));
          case TENANT ->
              only.flatMap(
                      tenant ->
                          gate.scopeOf(tenant)
                              .map(
                                  scope ->
                                      Scopes.call(
                                          scope, () -> active(new Ring.OfTenant(tenant, purpose)))))
                  .orElse("-");
          case SUBJECT -> "-";
        };
    String whose = only.map(TenantId::toString).orElse("-");
    return digest(purpose.label() + "/" + whose + "/" + last + "/" + active);
  }

  private String active(Ring ring) {
    return keyring.list(ring).stream()
        .filter(key -> key.state() == KeyState.ACTIVE)
        .map(key -> key.id().toString())
        .findFirst()
        .orElse("-");
  }

  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK lacks SHA-256", e);
    }
  }

  /** Of many rings. */
  private static final class Count {
    private long rings;
    private final Map<String, Long> agesOut = new LinkedHashMap<>();
    private final Map<String, Long> sealedAnew = new LinkedHashMap<>();

    private void add(Map<String, Long> to, List<KeyUsage.Artefacts> more) {
      more.forEach(sort -> to.merge(sort.what(), sort.count(), Long::sum));
    }

    private static List<KeyUsage.Artefacts> sorts(Map<String, Long> counted) {
      List<KeyUsage.Artefacts> sorts = new ArrayList<>();
      counted.forEach((what, count) -> sorts.add(new KeyUsage.Artefacts(what, count)));
      return sorts;
    }
  }
}
