package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.ProviderRef;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInAim;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sign-in that has begun: what must be the same when the browser comes back. No record: the nonce
 * and the verifier are secrets until then.
 */
public final class PendingSignIn {
  private final String issuer;
  private final String nonce;
  private final String verifier;
  private final Instant begunAt;
  private final SignInRequest request;

  PendingSignIn(
      String issuer, String nonce, String verifier, Instant begunAt, SignInRequest request) {
    this.issuer = issuer;
    this.nonce = nonce;
    this.verifier = verifier;
    this.begunAt = begunAt;
    this.request = request;
  }

  String issuer() {
    return issuer;
  }

  String nonce() {
    return nonce;
  }

  /** The PKCE code verifier (RFC 7636). */
  String verifier() {
    return verifier;
  }

  Instant begunAt() {
    return begunAt;
  }

  SignInRequest request() {
    return request;
  }

  /** Whether it goes to the provider of the platform, and not to one of a tenant's own. */
  boolean isAtThePlatforms() {
    return switch (request.aim()) {
      case SignInAim.AsPerson person -> true;
      case SignInAim.AsOperator operator -> true;
      case SignInAim.StepUp stepUp -> true;
      case SignInAim.At at -> false;
      case SignInAim.StepUpAt at -> false;
      case SignInAim.Trial trial -> false;
    };
  }

  /** What it was begun for. */
  public SignInAim aim() {
    return request.aim();
  }

  /** Where to go on to. */
  public ReturnPath returnTo() {
    return request.returnTo();
  }

  /** To be sealed. */
  byte[] bytes() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("issuer", issuer);
    json.put("nonce", nonce);
    json.put("verifier", verifier);
    json.put("redirect", request.redirect().toString());
    json.put("begun_at", begunAt.toString());
    json.put("return_to", request.returnTo().text());
    switch (request.aim()) {
      case SignInAim.AsPerson person -> json.put("aim", "person");
      case SignInAim.AsOperator operator -> json.put("aim", "operator");
      case SignInAim.StepUp(var session, var workspace) -> {
        json.put("aim", "step_up");
        json.put("session", session.toString());
        workspace.ifPresent(tenant -> json.put("workspace", tenant.toString()));
      }
      case SignInAim.At(ProviderRef provider) -> put(json, "at", provider);
      case SignInAim.StepUpAt(ProviderRef provider, SessionId session) -> {
        put(json, "step_up_at", provider);
        json.put("session", session.toString());
      }
      case SignInAim.Trial(ProviderRef provider, SessionId session) -> {
        put(json, "trial", provider);
        json.put("session", session.toString());
      }
    }
    @Nullable Duration maxAge = request.maxAge();
    if (maxAge != null) {
      json.put("max_age", maxAge.toSeconds());
    }
    ArrayNode values = json.putArray("acr_values");
    request.acrValues().forEach(values::add);
    return json.toString().getBytes(UTF_8);
  }

  private static void put(ObjectNode json, String aim, ProviderRef provider) {
    json.put("aim", aim);
    json.put("tenant", provider.tenant().toString());
    json.put("provider", provider.id().toString());
  }

  private static ProviderRef provider(ObjectNode json) {
    return new ProviderRef(
        new TenantId(UUID.fromString(json.path("tenant").asString())),
        new ProviderId(UUID.fromString(json.path("provider").asString())));
  }

  private static SessionId session(ObjectNode json) {
    return new SessionId(UUID.fromString(json.path("session").asString()));
  }

  /** The other way round; empty when an earlier release wrote it in another form. */
  static Optional<PendingSignIn> of(byte[] bytes) {
    return StrictJson.object(bytes).filter(json -> json.has("aim")).map(PendingSignIn::read);
  }

  private static PendingSignIn read(ObjectNode json) {
    List<String> values = new ArrayList<>();
    for (JsonNode value : json.path("acr_values")) {
      values.add(value.asString());
    }
    return new PendingSignIn(
        json.path("issuer").asString(),
        json.path("nonce").asString(),
        json.path("verifier").asString(),
        Instant.parse(json.path("begun_at").asString()),
        new SignInRequest(
            URI.create(json.path("redirect").asString()),
            new ReturnPath(json.path("return_to").asString()),
            aim(json),
            json.has("max_age") ? Duration.ofSeconds(json.path("max_age").asLong()) : null,
            values));
  }

  private static SignInAim aim(ObjectNode json) {
    return switch (json.path("aim").asString()) {
      case "person" -> new SignInAim.AsPerson();
      case "operator" -> new SignInAim.AsOperator();
      case "step_up" ->
          new SignInAim.StepUp(
              session(json),
              StrictJson.text(json, "workspace").map(UUID::fromString).map(TenantId::new));
      case "at" -> new SignInAim.At(provider(json));
      case "step_up_at" -> new SignInAim.StepUpAt(provider(json), session(json));
      case "trial" -> new SignInAim.Trial(provider(json), session(json));
      default -> throw new IllegalStateException("a sign-in was begun for something unknown");
    };
  }

  @Override
  public String toString() {
    return "pending sign-in at `" + issuer + "`";
  }
}
