package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.modulith.NamedInterface;

/**
 * An issuer whose tokens are shown here by programs that it signed them for. Nobody is led to it:
 * of its document only the place of its keys and its algorithms matter. Safe for use by many
 * threads.
 */
@NamedInterface("foreign")
public final class TokenIssuer {
  private static final Logger LOG = LoggerFactory.getLogger(TokenIssuer.class);
  private static final int MOST_BYTES = 64 << 10;

  private final Issuer issuer;
  private final Egress egress;
  private final Clock clock;
  private final ForeignTokens verifier;
  private final Fetched<IssuerDocument> document;
  private final AtomicReference<@Nullable Keys> keys = new AtomicReference<>();

  private record Keys(URI at, PublishedKeys published) {}

  /**
   * @param keys where they are, so that nothing else is asked for; then it may sign by any
   *     algorithm that is allowed
   */
  TokenIssuer(Issuer issuer, Optional<URI> keys, Egress egress, Clock clock) {
    this.issuer = issuer;
    this.egress = egress;
    this.clock = clock;
    this.verifier = new ForeignTokens(clock);
    this.document =
        new Fetched<>(
            () -> keys.map(at -> new IssuerDocument(at, Algorithms.ALLOWED)).or(this::discover),
            Provider.FRESH,
            Provider.STALE,
            clock);
  }

  /** What a token says that must have been made for {@code audience}, and for it alone. */
  public ForeignReading read(String token, String audience) {
    Optional<IssuerDocument> known = document.get();
    if (known.isEmpty()) {
      return new ForeignReading.Unavailable(Trouble.DOCUMENT);
    }
    Expectation expected = Expectation.of(issuer.value(), audience, known.get().algorithms());
    return switch (verifier.verify(token, expected, keys(known.get().keys()))) {
      case Verification.Verified verified -> new ForeignReading.Read(ForeignToken.of(token));
      case Verification.Refused(TokenFault fault) -> new ForeignReading.Refused(fault);
      case Verification.Unavailable unavailable -> new ForeignReading.Unavailable(Trouble.KEYS);
    };
  }

  private PublishedKeys keys(URI at) {
    Keys current =
        keys.updateAndGet(
            held ->
                held != null && held.at().equals(at)
                    ? held
                    : new Keys(at, new PublishedKeys(at.toString(), egress, clock)));
    return java.util.Objects.requireNonNull(current).published();
  }

  private Optional<IssuerDocument> discover() {
    Outcome outcome =
        egress.send(
            Outgoing.get(issuer.discoveryUrl(), MOST_BYTES).with("Accept", "application/json"));
    Optional<IssuerDocument> read =
        outcome instanceof Outcome.Answered answered && answered.status() == 200
            ? StrictJson.object(answered.body()).flatMap(all -> IssuerDocument.of(all, issuer))
            : Optional.empty();
    if (read.isEmpty()) {
      LOG.warn("The issuer {} cannot be used: {}.", issuer, outcome);
    }
    return read;
  }
}
