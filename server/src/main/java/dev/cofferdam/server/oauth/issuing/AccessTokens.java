package dev.cofferdam.server.oauth.issuing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes access tokens: signed statements (RFC 9068) for one tenant and for minutes. Safe for use by
 * many threads.
 */
public final class AccessTokens {
  /** How long one is good. */
  public static final Duration GOOD_FOR = Duration.ofMinutes(5);

  static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  private final SigningKeys keys;
  private final Ids ids;
  private final Clock clock;

  AccessTokens(SigningKeys keys, Ids ids, Clock clock) {
    this.keys = keys;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Signs what the grant says. Whoever calls has made sure that it may be said, and records it; and
   * is in no transaction, since the key may have to be read in its own scope.
   *
   * @throws org.springframework.dao.DataAccessException when the key cannot be had
   */
  public AccessToken issue(AccessToken.Grant grant) {
    JWTClaimsSet claims = claims(grant, clock.instant());
    return new AccessToken(keys.withActive(key -> signed(claims, key)), grant, GOOD_FOR);
  }

  private JWTClaimsSet claims(AccessToken.Grant grant, Instant now) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(grant.issuer().origin())
            .audience(grant.issuer().resource())
            .subject(grant.subject())
            .jwtID(ids.next().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(GOOD_FOR)))
            .claim(Claim.CLIENT, grant.client().value())
            .claim(Claim.TENANT, grant.holder().tenant().toString())
            .claim(Claim.HOLDER_KIND, grant.holder().kind().text())
            .claim(Claim.HOLDER, grant.holder().id().toString());
    if (!grant.scopes().isEmpty()) {
      claims.claim(
          Claim.SCOPE,
          grant.scopes().stream().map(TokenScope::text).sorted().collect(Collectors.joining(" ")));
    }
    grant
        .signIn()
        .ifPresent(
            how ->
                claims
                    .claim("acr", how.acr().name().toLowerCase(Locale.ROOT))
                    .claim("auth_time", how.at().getEpochSecond()));
    grant
        .boundTo()
        .ifPresent(key -> claims.claim(Claim.CONFIRMATION, Map.of(Claim.KEY, key.value())));
    return claims.build();
  }

  private static String signed(JWTClaimsSet claims, RingKey key) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.info().id().toString())
                .build(),
            claims);
    String input = new String(token.getSigningInput(), US_ASCII);
    try {
      byte[] signature =
          ECDSA.transcodeSignatureToConcat(
              key.sign(input.getBytes(US_ASCII)),
              ECDSA.getSignatureByteArrayLength(JWSAlgorithm.ES256));
      return input + "." + Base64URL.encode(signature);
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key signs by ES256", e);
    }
  }
}
