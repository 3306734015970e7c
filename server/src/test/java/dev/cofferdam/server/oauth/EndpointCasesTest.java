package dev.cofferdam.server.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.oauth.PlantedClient.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What requests to the endpoints for clients come to that differ from a good one, as data: one
 * client asks them all.
 */
class EndpointCasesTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final PlantedClient client =
      PlantedClient.in(SERVER, SERVER.newTenant().tenant(), "member", "tenant:read");

  /** One line of the cases. */
  record Case(String what, String endpoint, JsonNode changes, int status, String error) {
    static Case of(String line) {
      String[] parts = line.split(" *\\| *", -1);
      return new Case(
          parts[0],
          parts[1],
          JsonMapper.shared().readTree(parts[2]),
          Integer.parseInt(parts[3]),
          parts[4].strip());
    }

    /** How the request differs, by a name in brackets. */
    Optional<String> changed(String how) {
      return Optional.of(changes.path("(" + how + ")").asString(""))
          .filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
      return endpoint + ": " + what;
    }
  }

  static Stream<Case> cases() throws IOException {
    try (InputStream cases = EndpointCasesTest.class.getResourceAsStream("endpoints.cases")) {
      return new String(Objects.requireNonNull(cases).readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Case::of)
              .toList()
              .stream();
    }
  }

  /** A good request. */
  private Map<String, String> form(String endpoint, String token) {
    if (endpoint.equals("device")) {
      return new LinkedHashMap<>(Map.of("client_id", "cofferdam-cli", "scope", "tenant:read"));
    }
    Map<String, String> form = client.form();
    if (!endpoint.equals("token")) {
      form.remove("grant_type");
      form.put("token", token);
    }
    return form;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aRequestComesToWhatTheSpecificationsSay(Case one) {
    String token = client.token();
    Map<String, String> form = form(one.endpoint(), token);
    for (Map.Entry<String, JsonNode> change : one.changes().properties()) {
      if (change.getValue().isNull()) {
        form.remove(change.getKey());
      } else if (!change.getKey().startsWith("(")) {
        form.put(change.getKey(), filled(change.getValue().asString(), token));
      }
    }
    String body = PlantedClient.encoded(form);
    String twice =
        one.changed("twice")
            .map(name -> "&" + PlantedClient.encoded(Map.of(name, form.get(name))))
            .orElse("");
    String[] header =
        one.changed("header").map(text -> filled(text, token).split(": ")).orElse(new String[0]);
    Answer answer =
        PlantedClient.sent(
            SERVER,
            SERVER
                .request(
                    "/oauth/"
                        + one.endpoint()
                        + one.changed("query").map(query -> "?" + query).orElse(""))
                .header(
                    "Content-Type", one.changed("type").orElse("application/x-www-form-urlencoded"))
                .method(
                    one.changed("method").orElse("POST"),
                    HttpRequest.BodyPublishers.ofString(body + twice)),
            header);

    assertThat(answer.status()).as(answer.body()).isEqualTo(one.status());
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    if (one.error().isEmpty()) {
      assertThat(answer.body()).doesNotContain("\"error\"");
      return;
    }
    assertThat(answer.body()).doesNotContain(token, "xception", "elsewhere.example");
    if (one.error().equals("method_not_allowed")) {
      assertThat(answer.text("code")).isEqualTo(one.error());
      assertThat(answer.header("Allow")).isEqualTo("POST");
      return;
    }
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("error")).isEqualTo(one.error());
    assertThat(answer.text("error_description")).isNotEmpty();
  }

  private String filled(String text, String token) {
    return text.replace("{id}", client.id.toString())
        .replace("{token}", token)
        .replace("{origin}", client.issuer())
        .replace("{type}", PlantedClient.TYPE)
        .replace("{assertion}", client.assertion());
  }
}
