package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.egress.Outgoing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Proves itself by a signature (private_key_jwt, RFC 7523): nothing secret leaves this machine. */
final class ClientKey implements ClientAuthentication {
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private final Supplier<ECKey> source;

  ClientKey(ECKey key) {
    this(() -> key);
  }

  /**
   * @param sealed opens it where it is kept
   */
  ClientKey(Supplier<ECKey> sealed) {
    this.source = sealed;
  }

  /**
   * @throws IllegalArgumentException naming the setting, when the file holds no such key
   */
  static ECKey read(Path file) {
    try {
      if (JWK.parseFromPEMEncodedObjects(Files.readString(file)) instanceof ECKey key
          && key.isPrivate()
          && key.getCurve().equals(Curve.P_256)) {
        return key;
      }
    } catch (JOSEException | IOException e) {
      // Not as the cause: what it says may quote the key.
      throw unreadable(file);
    }
    throw unreadable(file);
  }

  private static IllegalArgumentException unreadable(Path file) {
    return new IllegalArgumentException(
        "cofferdam.idp.client-key-file names `"
            + file
            + "`, which is no PEM file with a P-256 private key and its public key: make one with"
            + " `openssl ecparam -name prime256v1 -genkey -noout`");
  }

  @Override
  public Outgoing request(
      ProviderMetadata provider,
      String clientId,
      Map<String, String> fields,
      int mostBytes,
      Instant now) {
    fields.put("client_id", clientId);
    fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    fields.put("client_assertion", assertion(provider, clientId, now));
    return Outgoing.form(provider.tokenEndpoint().toString(), fields, mostBytes);
  }

  /**
   * For the issuer alone, and not for its token endpoint: an issuer that names another's endpoint
   * as its own could use the assertion there.
   */
  private String assertion(ProviderMetadata provider, String clientId, Instant now) {
    ECKey key = source.get();
    try {
      SignedJWT assertion =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .keyID(key.computeThumbprint().toString())
                  .build(),
              new JWTClaimsSet.Builder()
                  .issuer(clientId)
                  .subject(clientId)
                  .audience(provider.issuer())
                  .jwtID(UUID.randomUUID().toString())
                  .issueTime(Date.from(now))
                  .expirationTime(Date.from(now.plus(LIFETIME)))
                  .build());
      assertion.sign(new ECDSASigner(key));
      return assertion.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("a P-256 key signs by ES256", e);
    }
  }

  @Override
  public String toString() {
    return "client key";
  }
}
