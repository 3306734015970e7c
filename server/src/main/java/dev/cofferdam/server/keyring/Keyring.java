package dev.cofferdam.server.keyring;

import dev.cofferdam.server.keyring.KeyRows.Row;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The rings of keys. Each call runs in the caller's transaction, or in one of its own, and in the
 * scope that is bound: a tenant's rings in that tenant's, the platform's in a platform scope.
 *
 * <p>Any number of servers may call at once: a ring has one active key at every moment, and of two
 * rotations of one version one takes place. What changes a ring announces it inside the
 * transaction, so that who cannot record it can undo it.
 */
public final class Keyring {
  /** For how long a server may go on making with a key that was rotated away by another. */
  private static final Duration STILL_MADE_WITH = Duration.ofMinutes(1);

  private final KeyRows rows;
  private final TransactionOperations transactions;
  private final Wrapping wrapping;
  private final KeyMaker maker;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final List<KeyUsage> usages;

  Keyring(
      JdbcClient jdbc,
      TransactionOperations transactions,
      Wrapping wrapping,
      ApplicationEventPublisher events,
      Clock clock,
      List<KeyUsage> usages) {
    this.rows = new KeyRows(jdbc);
    this.transactions = transactions;
    this.wrapping = wrapping;
    this.maker = new KeyMaker(wrapping);
    this.events = events;
    this.clock = clock;
    this.usages = List.copyOf(usages);
  }

  /**
   * The key to make new artefacts with; the first use of a ring makes its first key. The caller
   * closes it.
   *
   * @throws DestroyedRingException when the ring was destroyed
   * @throws UnreadableKeyException when the stored key does not open
   */
  public RingKey active(Ring ring) {
    return within(
        () ->
            rows.active(ring)
                .or(() -> first(ring))
                .map(row -> open(ring, row))
                .orElseThrow(() -> new DestroyedRingException(ring)));
  }

  /**
   * The key that an artefact names, if it is of this ring and may still verify or decrypt. The
   * caller closes it.
   *
   * @throws UnreadableKeyException when the stored key does not open
   */
  public Optional<RingKey> find(Ring ring, KeyId id) {
    return within(
        () ->
            rows.byId(ring, id)
                .filter(row -> row.info().state().verifies())
                .map(row -> open(ring, row)));
  }

  /**
   * The key that is announced: its public half is published, and it makes nothing yet. The caller
   * closes it.
   *
   * @throws UnreadableKeyException when the stored key does not open
   */
  public Optional<RingKey> announced(Ring.OfPlatform ring) {
    return within(() -> rows.announced(ring).map(row -> open(ring, row)));
  }

  /** What is in the ring, the newest first. */
  public List<KeyInfo> list(Ring ring) {
    return within(() -> rows.all(ring));
  }

  /** What would be lost with the ring, and what it holds; changes nothing. */
  public BlastRadius preview(Ring ring) {
    return within(
        () ->
            new BlastRadius(
                ring,
                rows.all(ring),
                usages.stream()
                    .filter(usage -> usage.purposes().contains(ring.purpose()))
                    .flatMap(usage -> usage.live(ring).stream())
                    .toList()));
  }

  /**
   * What a key of the ring still protects, as the modules count it: nothing where it can neither
   * verify nor decrypt any more what it made; changes nothing.
   */
  public List<KeyUsage.Artefacts> protectedBy(Ring ring, KeyInfo key) {
    if (key.state() == KeyState.ANNOUNCED || key.state() == KeyState.DESTROYED) {
      return List.of();
    }
    if (!key.state().verifies() && ring.purpose().kind() != KeyKind.ENCRYPTION) {
      return List.of();
    }
    KeyUsage.Reign reign = reign(key);
    return within(
        () ->
            usages.stream()
                .filter(usage -> usage.purposes().contains(ring.purpose()))
                .flatMap(usage -> usage.live(ring, reign).stream())
                .toList());
  }

  /** A server that has the older key still makes with it for a while after the rotation. */
  private static KeyUsage.Reign reign(KeyInfo key) {
    return key.state() == KeyState.ACTIVE
        ? new KeyUsage.Reign(key, key.since(), KeyUsage.EVER)
        : new KeyUsage.Reign(key, key.createdAt(), key.since().plus(STILL_MADE_WITH));
  }

  /**
   * Rings of one purpose of the bound tenant, and of its persons and nodes, whose active key was
   * the active one before that moment already, each with that key's version.
   */
  public Map<Ring, Integer> unturned(
      TenantId tenant, KeyPurpose purpose, Instant before, int most) {
    return within(() -> rows.unturned(tenant, purpose, before, most));
  }

  /** How many rings of one purpose the bound tenant, its persons and its nodes have in use. */
  public long inUse(TenantId tenant, KeyPurpose purpose) {
    return within(() -> rows.inUse(tenant, purpose));
  }

  /**
   * Announces the key that is to take the place of the active one, for a ring by whose public
   * halves others verify: they learn of it before anything is made with it (docs/adr/0067).
   *
   * @param version the version of the active key that the caller saw
   */
  public Announcement announce(Ring.OfPlatform ring, int version) {
    return within(
        () -> {
          Optional<KeyInfo> active =
              rows.activeLocked(ring).map(Row::info).filter(key -> key.version() == version);
          if (active.isEmpty()) {
            return new Announcement.NotActive();
          }
          return rows.announced(ring)
              .<Announcement>map(row -> new Announcement.AlreadyThere(row.info()))
              .orElseGet(() -> new Announcement.Announced(announced(ring, version + 1)));
        });
  }

  /**
   * Puts another key in the place of the active one, which then only verifies: the one that is
   * announced, or else a new one.
   *
   * @param version the version of the active key that the caller saw: what was rotated meanwhile is
   *     not rotated again
   */
  public Rotation rotate(Ring ring, int version) {
    return within(
        () -> {
          Optional<Row> locked = rows.activeLocked(ring);
          if (locked.isEmpty()) {
            // Another transaction has just put its own key there, or there is none.
            return rows.active(ring)
                .<Rotation>map(row -> new Rotation.Overtaken(row.info()))
                .orElseGet(Rotation.NothingActive::new);
          }
          KeyInfo previous = locked.get().info();
          if (previous.version() != version) {
            return new Rotation.Overtaken(previous);
          }
          return new Rotation.Rotated(replace(ring, locked.get()));
        });
  }

  /** Ends the verifying of a key that is rotated away. */
  public Transition retire(Ring ring, int version) {
    return move(ring, version, KeyState.RETIRED);
  }

  /**
   * Destroys a key that is rotated away: its bytes leave the database, its row stays. What only it
   * could open is lost for good, but for copies of the database made before.
   */
  public Transition destroy(Ring ring, int version) {
    return move(ring, version, KeyState.DESTROYED);
  }

  /** Destroys every key of a ring, the active one too, and lets it have none any more: erasure. */
  public List<KeyInfo> destroyAll(Ring ring) {
    return within(
        () -> {
          if (rows.all(ring).isEmpty()) {
            rows.insert(ring, maker.make(ring, 1, KeyState.ACTIVE, now()), wrapping.rootKeyId());
          }
          List<KeyInfo> destroyed = new ArrayList<>();
          List<KeyInfo> open = undestroyed(ring);
          while (!open.isEmpty()) {
            // A rotation that was under way has put a new key behind the ones we waited for.
            open.forEach(
                key ->
                    undestroyedLocked(ring, key.version())
                        .ifPresent(left -> destroyed.add(stored(ring, left, KeyState.DESTROYED))));
            open = undestroyed(ring);
          }
          if (!destroyed.isEmpty()) {
            events.publishEvent(new RingDestroyed(ring, destroyed));
          }
          return rows.all(ring);
        });
  }

  /**
   * Destroys every ring of the bound tenant and of its persons and nodes, one transaction each: so
   * what was interrupted is gone on with.
   *
   * @param but purposes whose rings stay
   * @return how many rings were destroyed
   */
  public int destroyAllOf(TenantId tenant, Set<KeyPurpose> but) {
    List<Ring> rings =
        within(() -> rows.ringsOf(tenant)).stream()
            .filter(ring -> !but.contains(ring.purpose()))
            .toList();
    rings.forEach(this::destroyAll);
    return rings.size();
  }

  /** Empty when another transaction has destroyed it while this one waited. */
  private Optional<KeyInfo> undestroyedLocked(Ring ring, int version) {
    return rows.byVersionLocked(ring, version)
        .map(Row::info)
        .filter(key -> key.state() != KeyState.DESTROYED);
  }

  private List<KeyInfo> undestroyed(Ring ring) {
    return rows.all(ring).stream().filter(key -> key.state() != KeyState.DESTROYED).toList();
  }

  private Optional<Row> first(Ring ring) {
    Row made = maker.make(ring, 1, KeyState.ACTIVE, now());
    if (rows.insert(ring, made, wrapping.rootKeyId())) {
      events.publishEvent(new KeyCreated(ring, made.info()));
      return Optional.of(made);
    }
    return rows.active(ring);
  }

  private KeyInfo replace(Ring ring, Row row) {
    KeyInfo previous = row.info();
    Instant now = now();
    rows.move(ring, previous.version(), KeyState.VERIFYING_ONLY, now);
    Optional<Row> announced = rows.announced(ring);
    KeyInfo active;
    byte @Nullable [] published;
    if (announced.isPresent()) {
      active = stored(ring, announced.get().info(), KeyState.ACTIVE);
      published = announced.get().published();
    } else {
      Row made = inserted(ring, previous.version() + 1, KeyState.ACTIVE);
      active = made.info();
      published = made.published();
    }
    Optional<Handover> handover =
        Optional.ofNullable(published)
            .map(successor -> new Handover(() -> open(ring, row), successor));
    events.publishEvent(new KeyRotated(ring, previous, active, handover));
    return active;
  }

  private KeyInfo announced(Ring ring, int version) {
    KeyInfo made = inserted(ring, version, KeyState.ANNOUNCED).info();
    events.publishEvent(new KeyAnnounced(ring, made));
    return made;
  }

  private Row inserted(Ring ring, int version, KeyState state) {
    Row made = maker.make(ring, version, state, now());
    if (!rows.insert(ring, made, wrapping.rootKeyId())) {
      throw new IllegalStateException(
          "version " + version + " of a ring was there before its predecessor ended");
    }
    return made;
  }

  private Transition move(Ring ring, int version, KeyState to) {
    return within(
        () ->
            rows.byVersionLocked(ring, version)
                .map(row -> move(ring, row.info(), to))
                .orElseGet(Transition.NoSuchKey::new));
  }

  private Transition move(Ring ring, KeyInfo key, KeyState to) {
    if (key.state() == KeyState.ACTIVE || key.state() == KeyState.ANNOUNCED) {
      return new Transition.StillActive(key);
    }
    if (key.state().compareTo(to) >= 0) {
      return new Transition.AlreadyThere(key);
    }
    return new Transition.Moved(moved(ring, key, to));
  }

  private KeyInfo stored(Ring ring, KeyInfo key, KeyState to) {
    Instant now = now();
    rows.move(ring, key.version(), to, now);
    return new KeyInfo(key.id(), key.purpose(), key.version(), to, key.createdAt(), now);
  }

  private KeyInfo moved(Ring ring, KeyInfo key, KeyState to) {
    KeyInfo moved = stored(ring, key, to);
    events.publishEvent(
        to == KeyState.DESTROYED ? new KeyDestroyed(ring, moved) : new KeyRetired(ring, moved));
    return moved;
  }

  private RingKey open(Ring ring, Row row) {
    KeyInfo info = row.info();
    if (row.wrapped() == null) {
      throw new UnreadableKeyException(ring, info.id());
    }
    return new RingKey(
        info,
        wrapping.unwrap(ring, info.id(), info.version(), row.wrapped(), row.published()),
        row.published());
  }

  /** As finely as PostgreSQL keeps it, so that what is announced is what is stored. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private <T> T within(Supplier<T> work) {
    return transactions.execute(status -> work.get());
  }
}
