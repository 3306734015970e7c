package dev.cofferdam.bench;

import dev.cofferdam.protocol.jose.SigningKey;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Site;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A client of some authorization server that shows who it is by an assertion signed for each
 * request (RFC 7523). For many threads.
 *
 * @param audience as the server is called in assertions
 * @param endpoint the path where it issues tokens
 */
record SigningClient(SigningKey key, String id, Site site, String audience, String endpoint) {
  private static final int GOOD_FOR_SECONDS = 50;

  /** A new client of the tenant that {@code owner} works in. */
  static SigningClient registered(Browser owner) {
    SigningKey key = SigningKey.generate();
    String id =
        Guests.done(
                owner,
                Ask.of("POST", "/v1/service-clients")
                    .json(
                        Map.of(
                            "label",
                            "bench",
                            "role",
                            "member",
                            "scopes",
                            List.of("tenant:read"),
                            "keys",
                            Map.of("keys", List.of(named(key))))))
            .member("id");
    return new SigningClient(key, id, owner.site(), owner.site().origin(), "/oauth/token");
  }

  /** The public key under the name that assertions give it. */
  static Map<String, String> named(SigningKey key) {
    Map<String, String> members = new LinkedHashMap<>(key.jwk().members());
    members.put("kid", key.jwk().thumbprint());
    return members;
  }

  /** A request for a token of {@code client_credentials}. */
  Ask asking() {
    return Ask.of("POST", endpoint)
        .form(
            Map.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion()))
        .with("Host", site.authority());
  }

  private String assertion() {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", id);
    claims.put("sub", id);
    claims.put("aud", audience);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now);
    claims.put("exp", now + GOOD_FOR_SECONDS);
    return key.asserted("JWT", claims);
  }
}
