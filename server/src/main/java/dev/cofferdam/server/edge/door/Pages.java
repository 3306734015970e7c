package dev.cofferdam.server.edge.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.surface.Cursors;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/** Lists in parts: opens the cursor that a request has, and seals the one that its answer gets. */
final class Pages {
  private static final int LONGEST_CURSOR = 1000;

  private final Cursors cursors;

  Pages(Cursors cursors) {
    this.cursors = cursors;
  }

  /** A page as the client gets it; {@code next} is left out on the last one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Body(List<?> items, @Nullable String next) {}

  PageRequest asked(Visit visit, HttpServletRequest request) {
    return new PageRequest(limit(request), after(visit, request));
  }

  private static int limit(HttpServletRequest request) {
    String limit = request.getParameter("limit");
    if (limit == null) {
      return PageRequest.USUAL;
    }
    if (!limit.matches("[1-9][0-9]{0,2}") || Integer.parseInt(limit) > PageRequest.MOST) {
      throw Refusal.invalid("limit").thrown();
    }
    return Integer.parseInt(limit);
  }

  private @Nullable String after(Visit visit, HttpServletRequest request) {
    String cursor = request.getParameter("cursor");
    if (cursor == null) {
      return null;
    }
    if (cursor.length() > LONGEST_CURSOR) {
      throw Refusal.of(ProblemCode.INVALID_CURSOR).thrown();
    }
    return cursors
        .open(visit.call().caller(), list(request), cursor)
        .orElseThrow(() -> Refusal.of(ProblemCode.INVALID_CURSOR).thrown());
  }

  Body answered(Visit visit, HttpServletRequest request, Page<?> page) {
    String last = page.last();
    return new Body(
        page.items(),
        last == null ? null : cursors.seal(visit.call().caller(), list(request), last));
  }

  /** The route, what fills its template, and every filter: a cursor of one list opens no other. */
  private static String list(HttpServletRequest request) {
    Map<String, List<String>> filters = new TreeMap<>();
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (!name.equals("limit") && !name.equals("cursor")) {
                filters.put(name, List.of(values));
              }
            });
    return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
        + " "
        + request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        + " "
        + filters;
  }
}
