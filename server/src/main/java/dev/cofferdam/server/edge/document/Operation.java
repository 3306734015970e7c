package dev.cofferdam.server.edge.document;

import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One operation of the document. */
final class Operation {
  private final Route route;
  private final Surface surface;
  private final Inputs inputs;
  private final Answers answers;

  Operation(Route route, Schemas schemas) {
    this.route = route;
    this.surface = route.surface();
    this.inputs = new Inputs(route, schemas);
    this.answers = new Answers(route, schemas);
  }

  Map<String, Object> described() {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", id());
    operation.put("summary", surface.summary());
    operation.put("tags", List.of(surface.action().replaceAll("\\..*", "")));
    operation.put("x-cofferdam", declaration());
    operation.put("security", security());
    List<Map<String, Object>> parameters = inputs.parameters();
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    inputs.body().ifPresent(body -> operation.put("requestBody", body));
    operation.put("responses", answers.described());
    return operation;
  }

  private String id() {
    return (route.method() + route.path().replaceAll("[^A-Za-z0-9]+", "_"))
        .toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> declaration() {
    Map<String, Object> declared = new LinkedHashMap<>();
    declared.put("access", lower(surface.access()));
    if (surface.roles().length > 0) {
      declared.put("roles", Arrays.stream(surface.roles()).map(Operation::lower).sorted().toList());
    }
    declared.put("assurance", lower(surface.assurance()));
    declared.put("limit", surface.limit());
    declared.put("action", surface.action());
    declared.put("sensitive", surface.sensitive());
    declared.put("emergency", surface.emergency());
    if (surface.scope().length > 0) {
      declared.put("scope", scopes());
    }
    return declared;
  }

  /** A form has the token that changes need in a field of its own; see {@link Inputs}. */
  private List<Map<String, Object>> security() {
    if (surface.access() == Access.ANYONE) {
      return List.of();
    }
    if (surface.access() == Access.NODE) {
      return List.of(Map.of("node", List.of()));
    }
    Map<String, Object> needed = new LinkedHashMap<>();
    needed.put("session", List.of());
    if (route.changes() && !inputs.isForm()) {
      needed.put("csrf", List.of());
    }
    return surface.scope().length == 0
        ? List.of(needed)
        : List.of(needed, Map.of("token", scopes()));
  }

  private List<String> scopes() {
    return Arrays.stream(surface.scope()).map(TokenScope::text).toList();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
