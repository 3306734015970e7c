package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Versioned;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Turns what a handler returned into what is rendered. */
final class Answers {
  private final Pages pages;

  Answers(Pages pages) {
    this.pages = pages;
  }

  @Nullable Object body(
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
      case Page<?> page -> pages.answered(visit, request, page);
      case null, default -> returned;
    };
  }
}
