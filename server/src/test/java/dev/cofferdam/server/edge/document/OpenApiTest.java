package dev.cofferdam.server.edge.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.edge.door.Declarations;
import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.testing.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final Path DOCUMENT = Path.of("../docs/openapi.json");
  private static final Path TABLE = Path.of("../docs/operations/routes.md");

  @Test
  void theDocumentThatIsCheckedInIsTheOneThatIsServed() throws Exception {
    assertUpToDate(DOCUMENT, SERVER.get("/v1/openapi.json").body());
  }

  @Test
  void theTableOfRoutesIsUpToDate() throws Exception {
    String rows =
        SERVER.bean(Declarations.class).routes().stream()
            .map(OpenApiTest::row)
            .collect(Collectors.joining("\n"));
    assertUpToDate(
        TABLE,
        """
        # Routes

        Generated from what the handlers declare; a test fails when it is stale. `docs/openapi.json` has the rest. `/livez` and
        `/readyz` are the framework's, and say up or down.

        | route | what it does | who | sign-in | token | limit | action | recorded |
        |---|---|---|---|---|---|---|---|
        %s
        """
            .formatted(rows));
  }

  private static String row(Route route) {
    var surface = route.surface();
    String roles =
        Arrays.stream(surface.roles())
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(", "));
    return "| `%s %s` | %s | %s%s | %s | %s | `%s` | `%s` | %s |"
        .formatted(
            route.method(),
            route.path(),
            surface.summary(),
            surface.access().name().toLowerCase(Locale.ROOT),
            roles.isEmpty() ? "" : ": " + roles,
            surface.assurance().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            surface.scope().length == 0 ? "–" : "`" + TokenScope.listed(surface.scope()) + "`",
            surface.limit(),
            surface.action(),
            surface.sensitive() ? "each answer" : "–");
  }

  private static void assertUpToDate(Path file, String text) throws Exception {
    if (System.getProperty("write.docs") != null) {
      Files.writeString(file, text);
    }
    assertThat(file).content().as("write it anew with -Dwrite.docs").isEqualTo(text);
  }

  @Test
  void everyRouteIsInItWithWhatItDeclaresAndHowItRefuses() throws Exception {
    JsonNode document = JsonMapper.shared().readTree(SERVER.get("/v1/openapi.json").body());

    assertThat(SERVER.bean(Declarations.class).routes())
        .isNotEmpty()
        .allSatisfy(
            route -> {
              JsonNode operation =
                  document
                      .path("paths")
                      .path(route.path())
                      .path(route.method().toLowerCase(Locale.ROOT));
              assertThat(operation.path("x-cofferdam").path("limit").asString(""))
                  .isEqualTo(route.surface().limit());
              assertThat(operation.path("summary").asString(""))
                  .isEqualTo(route.surface().summary());
              assertThat(operation.path("responses").path("429").isObject()).isTrue();
            });
  }

  @Test
  void aNodeIsToldToShowATokenWithAProofAndNobodyElseIs() throws Exception {
    JsonNode document = JsonMapper.shared().readTree(SERVER.get("/v1/openapi.json").body());

    assertThat(document.at("/components/securitySchemes/node/scheme").asString(""))
        .isEqualTo("DPoP");
    assertThat(SERVER.bean(Declarations.class).routes())
        .allSatisfy(
            route ->
                assertThat(
                        document
                            .path("paths")
                            .path(route.path())
                            .path(route.method().toLowerCase(Locale.ROOT))
                            .path("security")
                            .toString()
                            .equals("[{\"node\":[]}]"))
                    .as(route.path())
                    .isEqualTo(route.surface().access() == Access.NODE));
  }

  @Test
  void itSaysOfItselfAndOfPagesWhatTheyAnswer() throws Exception {
    JsonNode paths =
        JsonMapper.shared().readTree(SERVER.get("/v1/openapi.json").body()).path("paths");

    assertThat(
            paths
                .at("/~1v1~1openapi.json/get/responses/200/content/application~1json/schema/type")
                .asString(""))
        .isEqualTo("object");
    assertThat(paths.at("/~1members/get/responses/401/content").propertyNames())
        .containsExactly("application/problem+json", "text/html");
    assertThat(paths.at("/~1v1~1members/get/responses/401/content").propertyNames())
        .containsExactly("application/problem+json");
  }

  @Test
  void theTypeOfEveryProblemLeadsToAPage() throws Exception {
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(SERVER.get("/problems/" + code.code()).body()).contains(code.title(), code.next());
    }
    assertThat(SERVER.get("/problems/none").statusCode()).isEqualTo(404);
  }
}
