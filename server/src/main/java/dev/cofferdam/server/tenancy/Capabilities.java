package dev.cofferdam.server.tenancy;

import dev.cofferdam.server.tenancy.driver.BindingSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Mints capabilities: bytes by which the database believes a scope for at most a minute. Safe for
 * use by many threads.
 *
 * <p>Not a record, and without {@code toString}: what it holds and what it makes are secrets.
 */
public final class Capabilities implements BindingSource {
  /** How long a capability is accepted; the database allows no longer one to be useful. */
  public static final Duration LIFETIME = Duration.ofSeconds(60);

  /** How long one is kept for the next statement of its scope, which costs less than a MAC. */
  static final Duration KEPT = Duration.ofSeconds(10);

  /** How many are kept; those of further scopes are minted for each statement. */
  static final int MOST_KEPT = 10_000;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_LENGTH = 32;
  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final BindingKeys keys;
  private final Clock clock;
  private volatile @Nullable Minting minting;

  /**
   * The key of one epoch, and what was minted with it for one expiry. Replaced as a whole, so that
   * nothing kept outlives its epoch or its time.
   */
  private static final class Minting {
    private final int epoch;
    // Cloning an initialised MAC is cheaper than initialising it.
    private final Mac prototype;
    private final Instant mintedFrom;
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    private Minting(int epoch, Mac prototype, Instant mintedFrom) {
      this.epoch = epoch;
      this.prototype = prototype;
      this.mintedFrom = mintedFrom;
    }

    /**
     * Whether what this has kept is fit for use: neither too old, nor made before a clock set back.
     */
    private boolean serves(Instant now) {
      return !now.isBefore(mintedFrom) && now.isBefore(mintedFrom.plus(KEPT));
    }
  }

  /** Mints nothing until {@link #use} has said which epoch the database knows. */
  public Capabilities(BindingKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** From now on mints with the key of {@code epoch}, which the database must have. */
  synchronized void use(int epoch) {
    Minting current = minting;
    if (current != null && current.epoch == epoch) {
      return;
    }
    byte[] key = keys.binding(epoch);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      minting = new Minting(epoch, mac, clock.instant());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public @Nullable String scope() {
    Scope scope = Scopes.currentOrNull();
    return scope == null ? null : scope.carried();
  }

  @Override
  public byte[] capability(String scope) {
    Minting current = current();
    byte[] kept = current.kept.get(scope);
    if (kept != null) {
      return kept;
    }
    byte[] minted = mint(current, scope);
    if (current.kept.size() < MOST_KEPT) {
      current.kept.put(scope, minted);
    }
    return minted;
  }

  private Minting current() {
    Minting current = minting;
    if (current == null) {
      throw new IllegalStateException("no binding epoch is installed yet");
    }
    Instant now = clock.instant();
    if (current.serves(now)) {
      return current;
    }
    Minting next = new Minting(current.epoch, current.prototype, now);
    synchronized (this) {
      // Another epoch may have come into use meanwhile; it must not be undone.
      if (minting == current) {
        minting = next;
      }
    }
    return next;
  }

  private static byte[] mint(Minting minting, String scope) {
    byte[] carried = scope.getBytes(StandardCharsets.UTF_8);
    ByteBuffer capability =
        ByteBuffer.allocate(MAC_LENGTH + Integer.BYTES + Long.BYTES + carried.length)
            .position(MAC_LENGTH)
            .putInt(minting.epoch)
            .putLong(POSTGRES_EPOCH.until(minting.mintedFrom.plus(LIFETIME), ChronoUnit.MICROS))
            .put(carried);
    try {
      Mac mac = (Mac) minting.prototype.clone();
      mac.update(capability.array(), MAC_LENGTH, capability.capacity() - MAC_LENGTH);
      capability.put(0, mac.doFinal());
      return capability.array();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's " + ALGORITHM + " cannot be cloned", e);
    }
  }
}
