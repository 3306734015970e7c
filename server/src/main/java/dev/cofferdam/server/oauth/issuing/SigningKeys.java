package dev.cofferdam.server.oauth.issuing;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
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
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** How often a token of a key that is not held sends us to look for a newer one. */
  private static final Duration LOOKED = Duration.ofSeconds(1);

  static final Ring.OfPlatform RING = new Ring.OfPlatform(KeyPurpose.ACCESS_TOKEN);
  static final Scope SCOPE = new Scope.OfPlatform(new Purpose("keyring"));

  private final Keyring keyring;
  private final Clock clock;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private Map<KeyId, RingKey> keys = Map.of();
  private volatile Map<String, JWK> published = Map.of();
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

  /** The public half by which a token is verified that names this key; empty when none may be. */
  Optional<JWK> find(String id) {
    keepFresh(HELD);
    JWK known = published.get(id);
    if (known == null) {
      // Another server may have begun to sign with it a moment ago.
      keepFresh(LOOKED);
      known = published.get(id);
    }
    return Optional.ofNullable(known);
  }

  /** The public halves, as they are published. */
  JWKSet published() {
    keepFresh(HELD);
    return new JWKSet(List.copyOf(published.values()));
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
        published = published(read);
        readAt = now;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private static Map<String, JWK> published(Map<KeyId, RingKey> keys) {
    Map<String, JWK> published = new LinkedHashMap<>();
    keys.forEach((id, key) -> published.put(id.toString(), jwk(key)));
    return Collections.unmodifiableMap(published);
  }

  private static JWK jwk(RingKey key) {
    try {
      PublicKey half =
          CryptoProvider.jdk().publicKey(KeyAlgorithm.P256, key.publicKey().orElseThrow());
      return new ECKey.Builder(Curve.P_256, (ECPublicKey) half)
          .keyID(key.info().id().toString())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .build();
    } catch (InvalidKeySpecException e) {
      throw new IllegalStateException("a stored key of the ring is none of P-256", e);
    }
  }

  private boolean isFresh(Instant now, Duration age) {
    return !readAt.equals(Instant.MIN) && !now.isBefore(readAt) && now.isBefore(readAt.plus(age));
  }

  private Map<KeyId, RingKey> read() {
    Map<KeyId, RingKey> read = new LinkedHashMap<>();
    RingKey active = keyring.active(RING);
    read.put(active.info().id(), active);
    // Also by its key: another server may have begun to sign with it since we looked.
    keyring.announced(RING).ifPresent(next -> read.put(next.info().id(), next));
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
