package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One identity provider, as it is known to this server: its document and its keys, each fetched
 * when it is needed.
 */
final class Provider {
  private static final Logger LOG = LoggerFactory.getLogger(Provider.class);

  /** Endpoints hardly ever change; without a document nobody can sign in. */
  static final Duration FRESH = Duration.ofHours(1);

  static final Duration STALE = Duration.ofHours(24);

  private static final int MOST_BYTES = 64 << 10;

  private final Issuer issuer;
  private final Egress egress;
  private final Clock clock;
  private final Fetched<ProviderMetadata> metadata;
  private final AtomicReference<@Nullable Keys> keys = new AtomicReference<>();

  private record Keys(String url, PublishedKeys published) {}

  Provider(Issuer issuer, Egress egress, Clock clock) {
    this.issuer = issuer;
    this.egress = egress;
    this.clock = clock;
    this.metadata = new Fetched<>(this::discover, FRESH, STALE, clock);
  }

  Issuer issuer() {
    return issuer;
  }

  /** What it says of itself; empty when that cannot be had. */
  Optional<ProviderMetadata> metadata() {
    return metadata.get();
  }

  /** The keys at the place that its document names. */
  PublishedKeys keys(ProviderMetadata known) {
    Keys current =
        keys.updateAndGet(
            held ->
                held != null && held.url().equals(known.keysUrl())
                    ? held
                    : new Keys(known.keysUrl(), new PublishedKeys(known.keysUrl(), egress, clock)));
    return java.util.Objects.requireNonNull(current).published();
  }

  private Optional<ProviderMetadata> discover() {
    Outcome outcome =
        egress.send(
            Outgoing.get(issuer.discoveryUrl(), MOST_BYTES).with("Accept", "application/json"));
    Optional<ProviderMetadata> read =
        outcome instanceof Outcome.Answered answered && answered.status() == 200
            ? ProviderMetadata.read(answered.body(), issuer)
            : Optional.empty();
    if (read.isEmpty()) {
      LOG.warn("The identity provider {} cannot be used: {}.", issuer, outcome);
    }
    return read;
  }
}
