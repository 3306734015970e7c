package dev.cofferdam.server.oauth.issuing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cofferdam.server.identity.Revocations;
import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Issuer;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who holds an access token. Verifies it once; after that its hash finds what was verified, for as
 * long as {@link Revocations} says that it holds. Safe for use by many threads.
 */
public final class LiveAccessTokens {
  private static final long REMEMBERED = 50_000;

  /**
   * In any case: what is written past the triggers, or a key that was retired, is seen after it.
   */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final VerifiedTokens verified;
  private final EveryHolder holders;
  private final EndedTokens ended;
  private final Revocations revocations;
  private final Clock clock;
  private final Cache<ByteBuffer, ShownToken> known =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED)
          .expireAfterWrite(LONGEST)
          .executor(Runnable::run)
          .build();

  LiveAccessTokens(
      VerifiedTokens verified,
      EveryHolder holders,
      EndedTokens ended,
      Revocations revocations,
      Clock clock) {
    this.verified = verified;
    this.holders = holders;
    this.ended = ended;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * What the token says and its holder is, if it is one of this issuer's, has not expired, and
   * neither it nor its holder has ended.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  public Optional<ShownToken> find(String token, Issuer issuer) {
    ByteBuffer key = ByteBuffer.wrap(Sha256.of(token.getBytes(US_ASCII)));
    ShownToken remembered = known.getIfPresent(key);
    if (remembered == null
        || !revocations.holds(remembered.standing().subject(), remembered.number())) {
      remembered = read(token);
      if (remembered == null) {
        known.invalidate(key);
        return Optional.empty();
      }
      known.put(key, remembered);
    }
    return clock.instant().isBefore(remembered.expiresAt()) && remembered.issuer().equals(issuer)
        ? Optional.of(remembered)
        : Optional.empty();
  }

  private @Nullable ShownToken read(String token) {
    // Before the reading: what is revoked meanwhile counts as newer than what is read.
    long number = revocations.number();
    return verified.verify(token).flatMap(said -> held(said, number)).orElse(null);
  }

  private Optional<ShownToken> held(VerifiedTokens.Said said, long number) {
    return !clock.instant().isBefore(said.expiresAt())
        ? Optional.empty()
        : holders
            .find(said.holder(), said.scopes())
            .filter(standing -> standing.allows(said.boundTo()) && !hasEnded(said))
            .map(
                standing ->
                    new ShownToken(
                        said.issuer(),
                        said.client(),
                        said.holder(),
                        said.subject(),
                        said.id(),
                        standing,
                        said.boundTo(),
                        said.issuedAt(),
                        said.expiresAt(),
                        number));
  }

  /** Whether its client gave it up. One that stands on a grant ends with that. */
  private boolean hasEnded(VerifiedTokens.Said said) {
    return said.holder().kind() != Holder.Kind.GRANT && ended.has(UUID.fromString(said.id()));
  }
}
