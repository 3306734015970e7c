package dev.cofferdam.server.identity.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.identity.oidc.OperatorClaim;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;

/**
 * Signs the id tokens, by a key that lives as long as the process: what a development IdP signed
 * before a restart is worth nothing after it.
 */
final class SignedTokens {
  /** By what this provider names operators. */
  static final OperatorClaim OPERATORS = new OperatorClaim("roles", Set.of("operator"));

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final String issuer;
  private final Clock clock;
  private final ECKey key;

  SignedTokens(String issuer, Clock clock) {
    this.issuer = issuer;
    this.clock = clock;
    try {
      this.key =
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .keyIDFromThumbprint(true)
              .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK makes P-256 keys", e);
    }
  }

  /** The public half, as it is published. */
  String keySet() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  String idToken(Codes.Grant grant, String accessToken) {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(JOSEObjectType.JWT)
                .keyID(key.getKeyID())
                .build(),
            claims(grant, accessToken));
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key signs by ES256", e);
    }
    return token.serialize();
  }

  private JWTClaimsSet claims(Codes.Grant grant, String accessToken) {
    Instant now = clock.instant();
    byte[] hash = Codes.sha256(accessToken);
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .subject(grant.person().subject())
        .audience(AuthorizationRequest.CLIENT)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(LIFETIME)))
        .claim("auth_time", grant.at().getEpochSecond())
        .claim("nonce", grant.request().nonce())
        .claim("acr", grant.assurance().acr())
        .claim("amr", grant.assurance().amr())
        .claim("at_hash", Codes.base64(Arrays.copyOf(hash, hash.length / 2)))
        .claim("name", grant.person().name())
        .claim("email", grant.person().email())
        .claim("email_verified", true)
        .claim("roles", grant.person().roles())
        .build();
  }
}
