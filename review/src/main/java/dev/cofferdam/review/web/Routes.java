package dev.cofferdam.review.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Every route of the public port, read from the OpenAPI document that the server itself publishes:
 * it is made from the same list of handlers that the door checks, pages included, so that a route
 * cannot be there and be missing in it. The two probes of the framework have no handler and are not
 * in it.
 */
public final class Routes {
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  private final List<Route> all;
  private final Map<String, List<Form>> byVerb;

  /** A route, and what the paths look like that reach it: each request of a run is looked up. */
  private record Form(Route route, Pattern paths) {}

  public Routes(List<Route> all) {
    this.all = List.copyOf(all);
    this.byVerb =
        all.stream()
            .sorted(Comparator.comparingInt(route -> route.variables().size()))
            .map(route -> new Form(route, route.paths()))
            .collect(Collectors.groupingBy(form -> form.route().method()));
  }

  /** Every route, in the order of the document. */
  public List<Route> all() {
    return all;
  }

  /**
   * The route that a request reaches: of those whose form fits, the one that leaves least open.
   * What is asked for its head alone reaches the route that is read.
   *
   * @param target path and query as they go over the wire
   */
  public Optional<Route> at(String method, String target) {
    String path = target.split("[?#]", 2)[0];
    String verb = method.equals("HEAD") ? "GET" : method;
    return byVerb.getOrDefault(verb, List.of()).stream()
        .filter(form -> form.paths().matcher(path).matches())
        .map(Form::route)
        .findFirst();
  }

  /** Reads the document. */
  public static Routes of(JsonNode document) {
    List<Route> routes = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            routes.add(
                                route(document, path.getKey(), verb.getKey(), verb.getValue()))));
    if (routes.isEmpty()) {
      throw new IllegalStateException("the server's document names no route");
    }
    return new Routes(routes);
  }

  private static Route route(JsonNode document, String path, String verb, JsonNode operation) {
    JsonNode own = operation.path("x-cofferdam");
    JsonNode bodies = operation.path("requestBody").path("content");
    JsonNode body = bodies.path("application/json").path("schema");
    return new Route(
        verb.toUpperCase(Locale.ROOT),
        path,
        own.path("access").asString(""),
        texts(own.path("roles")),
        own.path("action").asString(""),
        asked(operation, bodies.path("application/x-www-form-urlencoded").path("schema")),
        fields(resolved(document, body)),
        !body.isMissingNode(),
        bodies.has("application/octet-stream"),
        parameters(operation, "header").contains("If-Match"),
        parameters(operation, "header").contains("Idempotency-Key"),
        own.path("emergency").asBoolean(false),
        own.path("sensitive").asBoolean(false),
        codes(operation));
  }

  private static JsonNode resolved(JsonNode document, JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty()
        ? schema
        : document
            .path("components")
            .path("schemas")
            .path(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static List<Route.Field> fields(JsonNode schema) {
    Set<String> required = texts(schema.path("required"));
    List<Route.Field> fields = new ArrayList<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            field ->
                fields.add(
                    new Route.Field(
                        field.getKey(),
                        field.getValue().path("type").asString(""),
                        required.contains(field.getKey()))));
    return fields;
  }

  /** Names of the parameters of query or form, but the token that says where a form comes from. */
  private static List<String> asked(JsonNode operation, JsonNode form) {
    List<String> names = new ArrayList<>(parameters(operation, "query"));
    fields(form).stream()
        .map(Route.Field::name)
        .filter(name -> !name.equals("_csrf"))
        .forEach(names::add);
    return names;
  }

  private static List<String> parameters(JsonNode operation, String in) {
    List<String> names = new ArrayList<>();
    operation
        .path("parameters")
        .forEach(
            parameter -> {
              if (parameter.path("in").asString("").equals(in)) {
                names.add(parameter.path("name").asString(""));
              }
            });
    return names;
  }

  private static Set<String> codes(JsonNode operation) {
    Set<String> codes = new HashSet<>();
    operation
        .path("responses")
        .forEach(
            response ->
                CODE.matcher(response.path("description").asString(""))
                    .results()
                    .forEach(found -> codes.add(found.group(1))));
    return codes;
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new HashSet<>();
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}
