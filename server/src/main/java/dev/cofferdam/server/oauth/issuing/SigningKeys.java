package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyState;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The ring {@code access-token}, whose keys are held open for a while. Safe for use by many
 * threads.
 */
final class SigningKeys implements AutoCloseable {
  /** How old the held keys may be: a key that was retired verifies no longer than this. */
  static final Duration HELD = Duration.ofSeconds(15);

  private static final Ring RING = new Ring.OfPlatform(KeyPurpose.ACCESS_TOKEN);
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("keyring"));

  private final Keyring keyring;
  private final Clock clock;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private Map<KeyId, RingKey> keys = Map.of();
  private Instant readAt = Instant.MIN;

  SigningKeys(Keyring keyring, Clock clock) {
    this.keyring = keyring;
    this.clock = clock;
  }

  /** Works with the active key, which stays open as long. */
  <T> T withActive(Function<RingKey, T> work) {
    keepFresh(HELD);
    lock.readLock().lock();
    try {
      for (RingKey key : keys.values()) {
        if (key.info().state() == KeyState.ACTIVE) {
          return work.apply(key);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    throw new IllegalStateException("the ring `access-token` has no active key");
  }

  private void keepFresh(Duration age) {
    Instant now = clock.instant();
    lock.readLock().lock();
    try {
      if (isFresh(now, age)) {
        return;
      }
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      if (!isFresh(now, age)) {
        Map<KeyId, RingKey> read = Scopes.call(SCOPE, this::read);
        close(keys);
        keys = read;
        readAt = now;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean isFresh(Instant now, Duration age) {
    return !readAt.equals(Instant.MIN) && !now.isBefore(readAt) && now.isBefore(readAt.plus(age));
  }

  private Map<KeyId, RingKey> read() {
    Map<KeyId, RingKey> read = new LinkedHashMap<>();
    RingKey active = keyring.active(RING);
    read.put(active.info().id(), active);
    for (KeyInfo key : keyring.list(RING)) {
      if (key.state().verifies() && !read.containsKey(key.id())) {
        keyring.find(RING, key.id()).ifPresent(found -> read.put(key.id(), found));
      }
    }
    return read;
  }

  private static void close(Map<KeyId, RingKey> open) {
    open.values().forEach(RingKey::close);
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      close(keys);
      keys = Map.of();
      readAt = Instant.MIN;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
