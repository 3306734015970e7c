package dev.cofferdam.review.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A client of a tenant that has a key, as its owner made it over HTTP, and what it says. */
public final class KeyedClient {
  static final String TOKEN = "/oauth/token";

  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int COORDINATE = 32;
  private static final int MINUTE = 60;

  private final Site site;
  private final KeyPair key;
  private final Reply made;

  private KeyedClient(Site site, KeyPair key, Reply made) {
    this.site = site;
    this.key = key;
    this.made = made;
  }

  /** One that may read so much, of a service with this role. */
  static KeyedClient of(Web web, UUID tenant, String role, String... scopes) {
    return of(web.as(tenant, Part.OWNER), role, scopes);
  }

  /**
   * The same, made by this owner.
   *
   * @param fresh somebody who has signed in just now
   */
  public static KeyedClient of(Browser fresh, String role, String... scopes) {
    KeyPair key = key();
    return new KeyedClient(fresh.site(), key, made(fresh, "of an attack", role, key, scopes));
  }

  /** One that nobody asks for a token with; its id. */
  public static String called(String label, Browser fresh, String role) {
    return made(fresh, label, role, key(), "tenant:read").member("id");
  }

  private static Reply made(
      Browser fresh, String label, String role, KeyPair key, String... scopes) {
    Reply made = fresh.ask(making(label, role, key, scopes));
    if (!made.isDone()) {
      throw new IllegalStateException("nobody makes a client: " + made.readable());
    }
    return made;
  }

  /** What asks for one of a service with this role. */
  static Ask making(String role, KeyPair key, String... scopes) {
    return making("of an attack", role, key, scopes);
  }

  private static Ask making(String label, String role, KeyPair key, String... scopes) {
    return Ask.of("POST", "/v1/service-clients")
        .json(
            Map.of(
                "label",
                label,
                "role",
                role,
                "scopes",
                List.of(scopes),
                "keys",
                Map.of("keys", List.of(jwk(key)))));
  }

  static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes such keys", e);
    }
  }

  public String id() {
    return made.member("id");
  }

  KeyPair ownKey() {
    return key;
  }

  /** What an owner sends to give it these keys, and no others. */
  Ask exchanging(KeyPair... keys) {
    List<Map<String, String>> named = new ArrayList<>();
    for (KeyPair one : keys) {
      Map<String, String> jwk = jwk(one);
      jwk.put("kid", "key " + named.size());
      named.add(jwk);
    }
    return Ask.of("PUT", "/v1/service-clients/" + id() + "/keys")
        .json(Map.of("keys", Map.of("keys", named)));
  }

  /** A request for a token. */
  public Ask asking() {
    return asking(assertion(key));
  }

  /** What it shows to be known, signed by this key. */
  String assertion(KeyPair by) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", id());
    claims.put("sub", id());
    claims.put("aud", site.origin());
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("iat", now);
    claims.put("exp", now + MINUTE);
    return signed(Map.of("alg", "ES256"), claims, by);
  }

  /** Asks for a token with this assertion. */
  Ask asking(String assertion) {
    return Ask.of("POST", TOKEN)
        .form(
            Map.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                TYPE,
                "client_assertion",
                assertion));
  }

  /** Shows this assertion at an endpoint for clients, about a token. */
  Ask shown(String assertion, String token, String path) {
    return asking(assertion).at(path).field("token", token);
  }

  /** A token that whoever has it may show. */
  public String token(Browser by) {
    return issued(by, asking());
  }

  /** A token that is bound to a key. */
  String boundTo(KeyPair other, Browser by) {
    return issued(by, asking().with("DPoP", proof(other, "POST", TOKEN, null)));
  }

  private static String issued(Browser by, Ask ask) {
    Reply reply = by.bare(ask);
    if (!reply.isDone()) {
      throw new IllegalStateException("no token is given: " + reply.readable());
    }
    return reply.member("access_token");
  }

  /** That somebody has this key, who asks for this. */
  String proof(KeyPair by, String method, String path, @Nullable String token) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", site.origin() + path);
    claims.put("iat", Instant.now().getEpochSecond());
    if (token != null) {
      claims.put("ath", BASE64.encodeToString(sha256(token)));
    }
    return signed(Map.of("alg", "ES256", "typ", "dpop+jwt", "jwk", jwk(by)), claims, by);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A signed statement. */
  static String signed(Map<String, ?> header, Map<String, ?> claims, KeyPair by) {
    String content = encoded(header) + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(by.getPrivate());
      signature.update(content.getBytes(US_ASCII));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs so", e);
    }
  }

  private static String encoded(Map<String, ?> json) {
    return BASE64.encodeToString(JSON.writeValueAsString(json).getBytes(UTF_8));
  }

  private static Map<String, String> jwk(KeyPair pair) {
    ECPublicKey point = (ECPublicKey) pair.getPublic();
    Map<String, String> jwk = new LinkedHashMap<>();
    jwk.put("kty", "EC");
    jwk.put("crv", "P-256");
    jwk.put("x", BASE64.encodeToString(bytes(point.getW().getAffineX())));
    jwk.put("y", BASE64.encodeToString(bytes(point.getW().getAffineY())));
    return jwk;
  }

  private static byte[] bytes(BigInteger number) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[COORDINATE];
    int given = Math.min(signed.length, COORDINATE);
    System.arraycopy(signed, signed.length - given, bytes, COORDINATE - given, given);
    return bytes;
  }
}
