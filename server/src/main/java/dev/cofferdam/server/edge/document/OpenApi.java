package dev.cofferdam.server.edge.document;

import static dev.cofferdam.server.edge.document.Schemas.ordered;

import dev.cofferdam.server.edge.door.Declarations;
import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.surface.ProblemCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OpenAPI 3.1 document of the routes that are there, made from what their handlers declare. So
 * it cannot promise a route that does not exist, or leave one out.
 */
final class OpenApi {
  private OpenApi() {}

  static String of(Declarations declarations) {
    Schemas schemas = new Schemas();
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (Route route : declarations.routes()) {
      paths
          .computeIfAbsent(route.path(), path -> new TreeMap<>())
          .put(route.method().toLowerCase(Locale.ROOT), new Operation(route, schemas).described());
    }
    Map<String, Object> components = new TreeMap<>(schemas.components());
    components.put("Problem", problem());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", ordered("title", "Cofferdam", "version", "v1"));
    document.put("paths", paths);
    document.put(
        "components",
        ordered("schemas", components, "securitySchemes", Map.of("session", session())));
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  private static Map<String, Object> session() {
    Map<String, Object> cookie = ordered("type", "apiKey", "in", "cookie");
    cookie.put("name", "__Host-cofferdam");
    return cookie;
  }

  private static Map<String, Object> problem() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("type", ordered("type", "string", "format", "uri-reference"));
    properties.put("title", Map.of("type", "string"));
    properties.put("status", Map.of("type", "integer"));
    properties.put(
        "code",
        ordered(
            "type",
            "string",
            "enum",
            Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList()));
    properties.put("next", Map.of("type", "string"));
    properties.put("field", Map.of("type", "string"));
    properties.put("record_id", ordered("type", "string", "format", "uuid"));
    properties.put("request_id", ordered("type", "string", "format", "uuid"));
    Map<String, Object> problem = ordered("type", "object", "properties", properties);
    problem.put("required", List.of("type", "title", "status", "code", "next", "request_id"));
    return problem;
  }
}
