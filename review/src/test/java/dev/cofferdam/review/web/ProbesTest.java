package dev.cofferdam.review.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.wire.Ask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Requests for every route of the document that is checked in. */
final class ProbesTest {
  private final Probes probes = new Probes(RouteProbes.shipped());

  @Test
  void everyRouteCanBeAskedFor() throws IOException {
    assertThat(probes.missing(shipped())).isEmpty();
  }

  @Test
  void aRouteOfWhichNothingIsSaidIsNamed() {
    Route route =
        route(
            "POST",
            "/v1/berths/{berth}",
            List.of(),
            List.of(new Route.Field("kind", "string", true)));

    assertThat(probes.missing(new Routes(List.of(route))))
        .contains("POST /v1/berths/{berth}: nothing is said of `berth`");
  }

  @Test
  void aReasonThatOutlivedItsRouteIsNamed() {
    assertThat(probes.missing(new Routes(List.of())))
        .contains("GET /sign-in/callback: there is no such route any more");
  }

  @Test
  void aRequestIsFilledFromThingsAndWords() {
    Route route =
        route(
            "PUT",
            "/v1/projects/{project}/grants/{kind}/{subject}",
            List.of(),
            List.of(new Route.Field("relation", "string", true)));

    Ask ask = probes.ask(route, kind -> "some " + kind);

    assertThat(ask.target()).isEqualTo("/v1/projects/some%20project/grants/person/some%20person");
    assertThat(new String(ask.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"relation\":\"reader\"}");
    assertThat(probes.kinds(route)).containsExactly("project", "person");
  }

  @Test
  void aFormCarriesItsParametersInTheBody() {
    Route route = route("POST", "/workspaces/enter", List.of("choice"), List.of());

    Ask ask = probes.ask(route, kind -> kind);

    assertThat(ask.target()).isEqualTo("/workspaces/enter");
    assertThat(new String(ask.body(), StandardCharsets.UTF_8)).isEqualTo("choice=tenant");
  }

  private static Route route(
      String method, String path, List<String> query, List<Route.Field> fields) {
    return new Route(
        method,
        path,
        "tenant",
        Set.of(),
        "berth.take",
        query,
        fields,
        !fields.isEmpty(),
        false,
        false,
        false,
        false,
        false,
        Set.of());
  }

  private static Routes shipped() throws IOException {
    return Routes.of(
        JsonMapper.builder().build().readTree(Files.readString(Path.of("../docs/openapi.json"))));
  }

  @Test
  void theDocumentIsReadWithWhatMatters() throws IOException {
    Route enter =
        shipped().all().stream()
            .filter(route -> route.name().equals("PATCH /v1/members/{person}"))
            .findFirst()
            .orElseThrow();

    assertThat(enter.roles()).containsExactlyInAnyOrder("owner", "admin");
    assertThat(enter.ifMatch()).isTrue();
    assertThat(enter.action()).isEqualTo("membership.change");
    assertThat(enter.fields()).extracting(Route.Field::name).containsExactly("role");
    assertThat(enter.codes()).contains("last_owner", "not_found");
    assertThat(probes.ask(enter, Map.of("person", "somebody")::get).target())
        .isEqualTo("/v1/members/somebody");
  }
}
