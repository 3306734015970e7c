package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Disclosed;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Versioned;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns what a handler returned into what is rendered. */
final class Answers {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

  private final Pages pages;
  private final JsonMapper json;

  Answers(Pages pages, JsonMapper json) {
    this.pages = pages;
    this.json = json;
  }

  /** The body of an answer whose header fields and status are set. */
  @Nullable Object answer(
      Visit visit,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object returned) {
    Object body = body(visit, request, response, returned);
    String created = visit.surface().created();
    if (!created.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_CREATED);
      response.setHeader("Location", located(created, json.valueToTree(body)));
    }
    return body;
  }

  private static String located(String template, JsonNode body) {
    return VARIABLE
        .matcher(template)
        .replaceAll(variable -> body.required(variable.group(1)).asString());
  }

  private @Nullable Object body(
      Visit visit,
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object returned) {
    return switch (returned) {
      case Recorded<?>(var record, var elsewhere, var body) -> body(visit, request, response, body);
      case Versioned<?>(var tag, var body) -> {
        response.setHeader("ETag", tag.toString());
        yield body;
      }
      case Disclosed<?> disclosed -> disclosed.body();
      case Page<?> page -> pages.answered(visit, request, page);
      case null, default -> returned;
    };
  }
}
