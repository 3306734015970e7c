package dev.cofferdam.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service client with its key, as if somebody had made it, and what it says to the server. */
public final class PlantedClient {
  static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  final RunningServer server;
  public final TenantId tenant;
  public final UUID id = UUID.randomUUID();
  final ECKey key = key();

  private PlantedClient(RunningServer server, TenantId tenant) {
    this.server = server;
    this.tenant = tenant;
  }

  /** One of this role, with these scopes. */
  public static PlantedClient in(
      RunningServer server, TenantId tenant, String role, String... scopes) {
    PlantedClient client = new PlantedClient(server, tenant);
    server
        .superuser()
        .sql(
            """
            insert into oauth.service_client (tenant_id, client_id, label, role, scopes, keys_public, made_by, created_at)
            values (:tenant, :client, 'planted', :role, :scopes, :keys::jsonb, :client, now())
            """)
        .param("tenant", tenant.value())
        .param("client", client.id)
        .param("role", role)
        .param("scopes", scopes)
        .param("keys", new JWKSet(client.key.toPublicJWK()).toString())
        .update();
    return client;
  }

  static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** As if somebody had ended it. */
  void end() {
    server
        .superuser()
        .sql("delete from oauth.service_client where client_id = :client")
        .param("client", id)
        .update();
  }

  String issuer() {
    return server.uri("").toString();
  }

  /** What a sound assertion says. */
  JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(id.toString())
        .subject(id.toString())
        .audience(issuer())
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(60)));
  }

  String assertion() {
    return signed(header(), claims().build(), key);
  }

  JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID());
  }

  static String signed(JWSHeader.Builder header, JWTClaimsSet claims, ECKey by) {
    try {
      SignedJWT token = new SignedJWT(header.build(), claims);
      token.sign(new ECDSASigner(by));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** A form with a sound assertion. */
  Map<String, String> form(String... more) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_assertion_type", TYPE);
    form.put("client_assertion", assertion());
    for (int n = 0; n < more.length; n += 2) {
      form.put(more[n], more[n + 1]);
    }
    return form;
  }

  /** A token that was just issued. */
  String token(String... more) {
    Answer answer = post("/oauth/token", form(more));
    if (answer.status() != 200) {
      throw new AssertionError(answer.body());
    }
    return answer.text("access_token");
  }

  /** A token that is bound to the key. */
  String boundToken(ECKey to) {
    Answer answer = post("/oauth/token", form(), "DPoP", proof(to, "POST", "/oauth/token", null));
    if (answer.status() != 200) {
      throw new AssertionError(answer.body());
    }
    return answer.text("access_token");
  }

  Answer post(String path, Map<String, String> form, String... fields) {
    return post(path, encoded(form), fields);
  }

  Answer post(String path, String body, String... fields) {
    HttpRequest.Builder request =
        server
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return sent(server, request, fields);
  }

  Answer get(String path, String... fields) {
    return sent(server, server.request(path), fields);
  }

  static Answer sent(RunningServer server, HttpRequest.Builder request, String... fields) {
    for (int n = 0; n < fields.length; n += 2) {
      request.header(fields[n], fields[n + 1]);
    }
    try {
      return new Answer(server.send(request));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** A sound proof. */
  String proof(ECKey by, String method, String path, @Nullable String token) {
    return proof(by, method, server.uri(path), token, claims -> claims);
  }

  String proof(
      ECKey by,
      String method,
      URI address,
      @Nullable String token,
      UnaryOperator<JWTClaimsSet.Builder> changed) {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .jwtID(UUID.randomUUID().toString())
            .claim("htm", method)
            .claim("htu", address.toString())
            .issueTime(new Date());
    if (token != null) {
      claims.claim(
          "ath",
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(Sha256.of(token.getBytes(StandardCharsets.US_ASCII))));
    }
    return signed(proofHeader(by), changed.apply(claims).build(), by);
  }

  static JWSHeader.Builder proofHeader(ECKey by) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(new JOSEObjectType("dpop+jwt"))
        .jwk(by.toPublicJWK());
  }

  /** What the server answered. */
  record Answer(HttpResponse<String> http) {
    int status() {
      return http.statusCode();
    }

    String body() {
      return http.body();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(http.body());
    }

    String text(String member) {
      return json().path(member).asString("");
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }
  }
}
