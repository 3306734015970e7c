package dev.cofferdam.server.tenancy;

import dev.cofferdam.server.tenancy.driver.BindingSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Mints capabilities: texts by which the database believes a scope for at most a minute. Safe for
 * use by many threads.
 *
 * <p>Not a record, and without {@code toString}: what it holds and what it makes are secrets.
 */
public final class Capabilities implements BindingSource {
  /** How long a capability is accepted; the database allows no longer one to be useful. */
  public static final Duration LIFETIME = Duration.ofSeconds(60);

  private static final String ALGORITHM = "HmacSHA256";

  private final BindingKeys keys;
  private final Clock clock;
  // The epoch and its initialised MAC change together; cloning one is cheaper than initialising it.
  private volatile @Nullable Minting minting;

  private record Epoch(int number, String keyId) {}

  private static final class Minting {
    private final Epoch epoch;
    private final Mac prototype;

    private Minting(Epoch epoch, Mac prototype) {
      this.epoch = epoch;
      this.prototype = prototype;
    }
  }

  /** Mints nothing until {@link #use} has said which epoch the database knows. */
  public Capabilities(BindingKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** From now on mints with the key of {@code epoch}, which the database must have. */
  void use(int epoch) {
    Minting current = minting;
    if (current != null && current.epoch.number() == epoch) {
      return;
    }
    byte[] key = keys.binding(epoch);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      minting = new Minting(new Epoch(epoch, keyId(epoch)), mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The key id of an epoch: what a capability begins with. */
  static String keyId(int epoch) {
    if (epoch < 1 || epoch > 9999) {
      throw new IllegalArgumentException("a binding epoch is 1 to 9999, not " + epoch);
    }
    return String.valueOf(10_000 + epoch).substring(1);
  }

  @Override
  public @Nullable String scope() {
    Scope scope = Scopes.currentOrNull();
    return scope == null ? null : scope.carried();
  }

  @Override
  public String capability(String scope) {
    Minting current = minting;
    if (current == null) {
      throw new IllegalStateException("no binding epoch is installed yet");
    }
    String head = current.epoch.keyId() + (clock.instant().getEpochSecond() + LIFETIME.toSeconds());
    try {
      Mac mac = (Mac) current.prototype.clone();
      byte[] proof = mac.doFinal((head + scope).getBytes(StandardCharsets.UTF_8));
      return head + HexFormat.of().formatHex(proof) + scope;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's " + ALGORITHM + " cannot be cloned", e);
    }
  }
}
