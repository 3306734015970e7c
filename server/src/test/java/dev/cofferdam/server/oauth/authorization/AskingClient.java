package dev.cofferdam.server.oauth.authorization;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of a test: registered by an owner, and asking as RFC 6749 and 7636 say. */
public final class AskingClient {
  public static final String REDIRECT = "https://client.example/done";
  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

  public final String id;
  public final String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
  private final RunningServer server;

  private AskingClient(RunningServer server, String id) {
    this.server = server;
    this.id = id;
  }

  /** One of the tenant that the owner works in. */
  public static AskingClient registered(RunningServer server, Browser owner) {
    return registered(server, owner, List.of());
  }

  /** The same with public keys, each as a JWK: then it has to show that it has one. */
  public static AskingClient registered(
      RunningServer server, Browser owner, List<Map<String, Object>> keys) {
    Answer answer =
        owner.post(
            "/v1/clients",
            Map.of(
                "name",
                "A client",
                "redirect_uris",
                List.of(REDIRECT, "http://127.0.0.1/done"),
                "scopes",
                List.of("tenant:read", "groups:read", "members:read"),
                "keys",
                keys));
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    return new AskingClient(server, answer.text("id"));
  }

  /** The parameters of a good request. */
  public Map<String, String> asking() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", id);
    parameters.put("redirect_uri", REDIRECT);
    parameters.put("scope", "tenant:read groups:read");
    parameters.put("state", "a state & more");
    parameters.put("code_challenge", challenge(verifier));
    parameters.put("code_challenge_method", "S256");
    parameters.put("resource", server.uri("").toString());
    return parameters;
  }

  public static String path(Map<String, String> parameters) {
    return "/oauth/authorize?" + query(parameters);
  }

  public static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, UTF_8)));
    return query.toString();
  }

  /** The fields of the form of a page. */
  static Map<String, String> fields(Answer page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher field = FIELD.matcher(page.http().body().replaceAll("(?s)^.*<main", ""));
    while (field.find()) {
      fields.put(field.group(1), field.group(2).replace("&amp;", "&").replace("&#43;", "+"));
    }
    fields.remove("_csrf");
    return fields;
  }

  /** The parameters of where an answer sends the browser. */
  static Map<String, String> answered(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(303);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : URI.create(answer.header("Location")).getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
    }
    return parameters;
  }

  /** Has the person let this client have what it asks for: the code. */
  public String code(Browser person, Map<String, String> asking) {
    Answer page = person.get(path(asking));
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    Map<String, String> form = fields(page);
    form.put("answer", "allow");
    return Objects.requireNonNull(
        answered(person.form("/oauth/authorize", person.token(), form)).get("code"));
  }

  public static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
