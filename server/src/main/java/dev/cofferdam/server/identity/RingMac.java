package dev.cofferdam.server.identity;

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

/**
 * MACs by one of the platform's rings, whose keys are held open for a while: they are needed in
 * every request. Safe for use by many threads.
 */
public final class RingMac implements AutoCloseable {
  /** How old the held keys may be: a key that was retired verifies no longer than this. */
  public static final Duration HELD = Duration.ofSeconds(15);

  /** How often a MAC that no held key made sends us to look for a newer key. */
  private static final Duration LOOKED = Duration.ofSeconds(1);

  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("keyring"));

  private final Keyring keyring;
  private final Ring.OfPlatform ring;
  private final Clock clock;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private Map<KeyId, RingKey> keys = Map.of();
  private Instant readAt = Instant.MIN;

  public RingMac(Keyring keyring, KeyPurpose purpose, Clock clock) {
    this.keyring = keyring;
    this.ring = new Ring.OfPlatform(purpose);
    this.clock = clock;
  }

  /** The MAC of {@code message} by the active key. */
  public byte[] of(byte[] message) {
    keepFresh(HELD);
    lock.readLock().lock();
    try {
      for (RingKey key : keys.values()) {
        if (key.info().state() == KeyState.ACTIVE) {
          return key.mac(message);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    throw new IllegalStateException("the ring `" + ring.purpose().label() + "` has no active key");
  }

  /** Whether a key of the ring made {@code mac}, in constant time for each key. */
  public boolean verifies(byte[] message, byte[] mac) {
    keepFresh(HELD);
    if (verifiesNow(message, mac)) {
      return true;
    }
    // Another server may have rotated a moment ago.
    return keepFresh(LOOKED) && verifiesNow(message, mac);
  }

  private boolean verifiesNow(byte[] message, byte[] mac) {
    lock.readLock().lock();
    try {
      boolean good = false;
      for (RingKey key : keys.values()) {
        good |= key.verifiesMac(message, mac);
      }
      return good;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Whether the keys were read anew. */
  private boolean keepFresh(Duration age) {
    Instant now = clock.instant();
    lock.readLock().lock();
    try {
      if (isFresh(now, age)) {
        return false;
      }
    } finally {
      lock.readLock().unlock();
    }
    lock.writeLock().lock();
    try {
      if (isFresh(now, age)) {
        return true;
      }
      Map<KeyId, RingKey> read = Scopes.call(SCOPE, this::read);
      close(keys);
      keys = read;
      readAt = now;
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean isFresh(Instant now, Duration age) {
    return !readAt.equals(Instant.MIN) && !now.isBefore(readAt) && now.isBefore(readAt.plus(age));
  }

  private Map<KeyId, RingKey> read() {
    Map<KeyId, RingKey> read = new LinkedHashMap<>();
    RingKey active = keyring.active(ring);
    read.put(active.info().id(), active);
    for (KeyInfo key : keyring.list(ring)) {
      if (key.state().verifies() && !read.containsKey(key.id())) {
        keyring.find(ring, key.id()).ifPresent(found -> read.put(key.id(), found));
      }
    }
    // Another server may make with it before this one looks again.
    keyring.announced(ring).ifPresent(next -> read.put(next.info().id(), next));
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
