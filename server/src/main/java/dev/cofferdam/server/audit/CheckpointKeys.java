package dev.cofferdam.server.audit;

import dev.cofferdam.server.keyring.DestroyedRingException;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantGate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open keys that checkpoints are signed with. A key is opened on a thread of its own, so that
 * one log whose key is slow, missing or destroyed holds up no other.
 *
 * <p>Asked by the committer's thread alone; only that thread closes keys, so none is closed while
 * it signs.
 */
final class CheckpointKeys implements AutoCloseable {
  /** How long a key is used before it is looked whether another has taken over. */
  static final Duration FRESH = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeys.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MOST_OPEN = 20_000;
  private static final Scope PLATFORM = new Scope.OfPlatform(new Purpose("keyring"));

  private final Keyring keyring;
  private final TenantGate gate;
  private final Clock clock;
  private final Runnable opened;
  // So that opening many keys leaves connections for requests.
  private final Semaphore openings = new Semaphore(4);
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final Map<LogId, Place> places = new LinkedHashMap<>(16, 0.75f, true);

  /** What came of opening a key, or is to be done about it. */
  private sealed interface Arrival {
    LogId log();

    record Opened(LogId log, CheckpointKey key) implements Arrival {}

    record Failed(LogId log) implements Arrival {}

    /** The ring was destroyed: nothing is signed for this log any more. */
    record Gone(LogId log) implements Arrival {}

    record LookAgain(LogId log) implements Arrival {}
  }

  /** Where one log's key stands. */
  private static final class Place {
    private @Nullable CheckpointKey key;
    private boolean opening;
    private Instant nextLook = Instant.MIN;

    private void opened(Instant next) {
      opening = false;
      nextLook = next;
    }
  }

  /**
   * @param opened called on some thread when a key may have become ready
   */
  CheckpointKeys(Keyring keyring, TenantGate gate, Clock clock, Runnable opened) {
    this.keyring = keyring;
    this.gate = gate;
    this.clock = clock;
    this.opened = opened;
  }

  /** The key of a log, when it is open; else it is being opened, or will be tried again. */
  Optional<CheckpointKey> ready(LogId log, String origin) {
    Place place = places.computeIfAbsent(log, key -> new Place());
    if (!place.opening && !clock.instant().isBefore(place.nextLook)) {
      place.opening = true;
      Thread.ofVirtual().name("audit-key").start(() -> open(log, origin));
    }
    return Optional.ofNullable(place.key);
  }

  /** Whether the key of a log is open, without opening it. */
  boolean isOpen(LogId log) {
    Place place = places.get(log);
    return place != null && place.key != null;
  }

  /** Takes in what was opened meanwhile, and forgets what was used least. */
  void settle() {
    for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      take(arrival, places.computeIfAbsent(arrival.log(), key -> new Place()));
    }
    while (places.size() > MOST_OPEN) {
      LogId eldest = places.keySet().iterator().next();
      close(places.remove(eldest));
    }
  }

  private void take(Arrival arrival, Place place) {
    switch (arrival) {
      case Arrival.Opened(LogId log, CheckpointKey key) -> {
        close(place);
        place.key = key;
        place.opened(clock.instant().plus(FRESH));
      }
      // A key that was open stays so: most likely it is the database that is away.
      case Arrival.Failed(LogId log) -> place.opened(clock.instant().plus(RETRY));
      case Arrival.Gone(LogId log) -> {
        close(place);
        place.opened(clock.instant().plus(FRESH));
      }
      case Arrival.LookAgain(LogId log) -> place.nextLook = Instant.MIN;
    }
  }

  /** Looks at the key of a log again, since its ring or its place has changed. For any thread. */
  void look(LogId log) {
    arrivals.add(new Arrival.LookAgain(log));
    opened.run();
  }

  /** Destroys the keys of a log that is closed. For any thread. */
  void destroy(LogId.OfTenant log) {
    Scopes.run(scope(log), () -> keyring.destroyAll(ring(log)));
  }

  private Scope.OfTenant scope(LogId.OfTenant log) {
    return gate.scopeOf(log.tenant()).orElseThrow(() -> new NoPlaceException(log));
  }

  /** The log's tenant is being set up: nothing is wrong, and there is no key yet. */
  private static final class NoPlaceException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private NoPlaceException(LogId log) {
      super("the tenant of `" + log.name() + "` has no place yet");
    }
  }

  private static Ring ring(LogId.OfTenant log) {
    return new Ring.OfTenant(log.tenant(), KeyPurpose.CHECKPOINT);
  }

  private void open(LogId log, String origin) {
    Arrival arrival = new Arrival.Failed(log);
    try {
      openings.acquire();
      try {
        arrival = new Arrival.Opened(log, new CheckpointKey(origin, active(log)));
      } finally {
        openings.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (DestroyedRingException e) {
      arrival = new Arrival.Gone(log);
      LOG.warn("The checkpoint keys of `{}` are destroyed: its log is closed.", log.name());
    } catch (NoPlaceException e) {
      LOG.debug("No checkpoint key of `{}` yet: {}", log.name(), e.getMessage());
    } catch (RuntimeException e) {
      // Records of this log wait; those of others do not. The log has the reason.
      LOG.warn("The checkpoint key of `{}` cannot be opened: {}", log.name(), e.getMessage());
    } finally {
      arrivals.add(arrival);
      opened.run();
    }
  }

  private RingKey active(LogId log) {
    return switch (log) {
      case LogId.OfPlatform platform ->
          Scopes.call(
              PLATFORM, () -> keyring.active(new Ring.OfPlatform(KeyPurpose.PLATFORM_CHECKPOINT)));
      case LogId.OfTenant tenant -> Scopes.call(scope(tenant), () -> keyring.active(ring(tenant)));
    };
  }

  private static void close(@Nullable Place place) {
    if (place != null && place.key != null) {
      place.key.close();
      place.key = null;
    }
  }

  @Override
  public void close() {
    settle();
    places.values().forEach(CheckpointKeys::close);
    places.clear();
  }
}
