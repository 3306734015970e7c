package dev.cofferdam.server.edge.document;

import dev.cofferdam.server.edge.door.Declarations;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import java.util.Arrays;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The description of the API, and a page for each problem that its {@code type} leads to. */
@RestController
final class DescriptionController {
  private final String document;

  DescriptionController(Declarations declarations) {
    document = OpenApi.of(declarations);
  }

  @GetMapping(path = "/v1/openapi.json", produces = "application/json")
  @Surface(
      summary = "Reads this document.",
      access = Access.ANYONE,
      limit = "public",
      action = "api.describe")
  String openApi() {
    return document;
  }

  @GetMapping(path = "/problems/{code}", produces = "text/plain;charset=UTF-8")
  @Surface(
      summary = "Page: what a problem means, and what to do.",
      access = Access.ANYONE,
      limit = "public",
      action = "api.describe")
  String problem(@PathVariable String code) {
    ProblemCode problem =
        Arrays.stream(ProblemCode.values())
            .filter(known -> known.code().equals(code))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound().thrown());
    return "%s (%d, %s)\n\n%s\n"
        .formatted(problem.title(), problem.status(), problem.code(), problem.next());
  }
}
