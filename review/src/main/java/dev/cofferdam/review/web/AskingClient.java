package dev.cofferdam.review.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A public client of a tenant, as its program would ask, redeem and renew. */
public final class AskingClient {
  /** Where its answers go; nobody listens there. */
  public static final String REDIRECT = "https://client.residents.example/done";

  /** What it made its challenges of. */
  public static final String VERIFIER = "a-verifier-that-the-client-alone-has-0123456789";

  private static final String AUTHORIZE = "/oauth/authorize";
  private static final String TOKEN = "/oauth/token";

  private final String id;

  public AskingClient(String id) {
    this.id = id;
  }

  /**
   * Registers one.
   *
   * @param owner signed in just now, at work in the tenant
   */
  public static AskingClient registered(Browser owner, String name) {
    Reply reply =
        owner.ask(
            Ask.of("POST", "/v1/clients")
                .json(
                    Map.of(
                        "name",
                        name,
                        "redirect_uris",
                        List.of(REDIRECT),
                        "scopes",
                        List.of("tenant:read"))));
    if (!reply.isDone()) {
      throw new IllegalStateException("nobody registers a client: " + reply.readable());
    }
    return new AskingClient(reply.member("id"));
  }

  public String id() {
    return id;
  }

  /** The parameters of its request. */
  public Map<String, String> asking() {
    Map<String, String> asking = new LinkedHashMap<>();
    asking.put("response_type", "code");
    asking.put("client_id", id);
    asking.put("redirect_uri", REDIRECT);
    asking.put("code_challenge", challenge());
    asking.put("code_challenge_method", "S256");
    asking.put("state", "a state");
    return asking;
  }

  public static Ask led(Map<String, String> asking) {
    return Ask.get(AUTHORIZE + "?" + Ask.encoded(asking));
  }

  /** What the form of the consent page sends when one allows it. */
  public static Ask allowing(Map<String, String> asking) {
    Map<String, String> form = new LinkedHashMap<>(asking);
    form.put("answer", "allow");
    return Ask.of("POST", AUTHORIZE).form(form);
  }

  /** A code, with the consent of whoever holds the browser. */
  public String code(Browser person) {
    Reply page = person.ask(led(asking()));
    Reply reply = person.ask(allowing(asking()));
    return answered(reply)
        .map(parameters -> parameters.get("code"))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "nobody consents: " + page.brief() + ", " + reply.readable()));
  }

  /** The parameters that a browser is sent on with, wherever to. */
  public static Optional<Map<String, String>> answered(Reply reply) {
    Optional<String> query = reply.field("Location").map(URI::create).map(URI::getRawQuery);
    if (query.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.get().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", UTF_8));
    }
    return Optional.of(parameters);
  }

  public Ask redeeming(String code) {
    return redeeming(code, REDIRECT, VERIFIER);
  }

  public Ask redeeming(String code, String redirectUri, String verifier) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("client_id", id);
    form.put("code", code);
    form.put("redirect_uri", redirectUri);
    form.put("code_verifier", verifier);
    return Ask.of("POST", TOKEN).form(form);
  }

  public Ask renewing(String refresh) {
    return Ask.of("POST", TOKEN)
        .form(Map.of("grant_type", "refresh_token", "client_id", id, "refresh_token", refresh));
  }

  private static String challenge() {
    return challenge(VERIFIER);
  }

  /** By S256 (RFC 7636, section 4.2). */
  public static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
