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
    components.put("OAuthError", oauthError());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    document.put("info", info());
    document.put("servers", List.of(Map.of("url", "/")));
    document.put("paths", paths);
    Map<String, Object> shared = new LinkedHashMap<>();
    shared.put("schemas", components);
    shared.put("headers", HeaderFields.components());
    shared.put("securitySchemes", securitySchemes());
    document.put("components", shared);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  private static Map<String, Object> info() {
    Map<String, Object> info = ordered("title", "Cofferdam", "version", "v1");
    info.put(
        "description",
        """
        The tenant comes from the credential: no parameter names one, but on the routes of operators. What is not yours does \
        not exist. Every refusal is a problem (RFC 9457) with a `code`, and `next` says what to do. `x-cofferdam` is what the \
        handler declares: who may, how they must have signed in, which limit it counts against, the action that its record \
        names. Operations outside `/v1` are the pages.""");
    info.put("license", ordered("name", "Apache License 2.0", "identifier", "Apache-2.0"));
    return info;
  }

  private static Map<String, Object> securitySchemes() {
    Map<String, Object> schemes = new LinkedHashMap<>();
    schemes.put("session", key("cookie", "__Host-cofferdam", "The session that a sign-in began."));
    schemes.put(
        "csrf",
        key(
            "header",
            "Cofferdam-CSRF",
            "`csrf_token` of `/v1/me`, for this session in this workspace. `Origin` has to be the server's own too."));
    schemes.put(
        "token",
        http(
            "bearer",
            "A token of a person or of a service, with one of the scopes. No cookie beside it."));
    schemes.put(
        "node",
        http(
            "DPoP",
            "An access token of a node, with a proof of the key of the node that asks in the field `DPoP` (RFC 9449)."));
    return schemes;
  }

  private static Map<String, Object> http(String scheme, String description) {
    Map<String, Object> http = ordered("type", "http", "scheme", scheme);
    http.put("description", description);
    return http;
  }

  private static Map<String, Object> key(String in, String name, String description) {
    Map<String, Object> key = ordered("type", "apiKey", "in", in);
    key.put("name", name);
    key.put("description", description);
    return key;
  }

  private static Map<String, Object> oauthError() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("error", Map.of("type", "string"));
    properties.put("error_description", Map.of("type", "string"));
    Map<String, Object> error = ordered("type", "object", "properties", properties);
    error.put("required", List.of("error", "error_description"));
    return error;
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
