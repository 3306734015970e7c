package dev.cofferdam.server.edge.document;

import static dev.cofferdam.server.edge.document.Schemas.ordered;

import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.surface.IdempotencyKey;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** One operation of the document. */
final class Operation {
  private final Route route;
  private final Surface surface;
  private final Schemas schemas;

  Operation(Route route, Schemas schemas) {
    this.route = route;
    this.surface = route.surface();
    this.schemas = schemas;
  }

  Map<String, Object> described() {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", id());
    operation.put("tags", List.of(surface.action().replaceAll("\\..*", "")));
    operation.put("x-cofferdam", declaration());
    operation.put("security", security());
    List<Map<String, Object>> parameters = parameters();
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    for (MethodParameter parameter : taken()) {
      if (parameter.hasParameterAnnotation(RequestBody.class)) {
        operation.put(
            "requestBody",
            ordered(
                "required",
                true,
                "content",
                json("application/json", schemas.of(parameter.getGenericParameterType()))));
      }
    }
    operation.put("responses", responses());
    return operation;
  }

  private List<MethodParameter> taken() {
    return Arrays.asList(route.handler().getMethodParameters());
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
    return declared;
  }

  private List<Map<String, Object>> security() {
    return switch (surface.access()) {
      case ANYONE -> List.of();
      case PERSON, TENANT, OPERATOR -> List.of(Map.of("session", List.of()));
    };
  }

  private List<Map<String, Object>> parameters() {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (MethodParameter parameter : taken()) {
      PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
      RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
      Class<?> type = parameter.getParameterType();
      if (path != null) {
        parameters.add(parameter("path", named(path.name(), parameter), true, schema(parameter)));
      } else if (query != null && !Map.class.isAssignableFrom(type)) {
        parameters.add(
            parameter(
                "query", named(query.name(), parameter), query.required(), schema(parameter)));
      } else if (type == PageRequest.class) {
        parameters.add(parameter("query", "limit", false, pageSize()));
        parameters.add(parameter("query", "cursor", false, Map.of("type", "string")));
      } else if (type == IfMatch.class) {
        parameters.add(parameter("header", "If-Match", true, Map.of("type", "string")));
      } else if (type == Once.class) {
        parameters.add(parameter("header", IdempotencyKey.HEADER, false, Map.of("type", "string")));
      }
    }
    return parameters;
  }

  private Map<String, Object> schema(MethodParameter parameter) {
    return schemas.of(parameter.getGenericParameterType());
  }

  private static Map<String, Object> pageSize() {
    Map<String, Object> size = ordered("type", "integer", "minimum", 1);
    size.put("maximum", PageRequest.MOST);
    size.put("default", PageRequest.USUAL);
    return size;
  }

  private String named(String declared, MethodParameter parameter) {
    return declared.isEmpty()
        ? route.handler().getMethod().getParameters()[parameter.getParameterIndex()].getName()
        : declared;
  }

  private static Map<String, Object> parameter(
      String in, String name, boolean required, Map<String, Object> schema) {
    Map<String, Object> parameter = ordered("in", in, "name", name);
    parameter.put("required", required);
    parameter.put("schema", schema);
    return parameter;
  }

  private Map<String, Object> responses() {
    Map<String, Object> responses = new TreeMap<>();
    responses.put(Integer.toString(status()), success());
    Expected.problems(route, taken()).stream()
        .collect(Collectors.groupingBy(ProblemCode::status, TreeMap::new, Collectors.toList()))
        .forEach((status, codes) -> responses.put(status.toString(), problem(codes)));
    return responses;
  }

  private int status() {
    if (!surface.created().isEmpty()) {
      return 201;
    }
    ResponseStatus status = route.handler().getMethodAnnotation(ResponseStatus.class);
    return status == null ? 200 : status.code().value();
  }

  private Map<String, Object> success() {
    Type type = body(route.handler().getMethod().getGenericReturnType());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("description", surface.sensitive() ? "Done, with its receipt" : "Done");
    if (!surface.created().isEmpty()) {
      answer.put(
          "headers",
          Map.of(
              "Location",
              ordered("description", surface.created(), "schema", Map.of("type", "string"))));
    }
    String media = media();
    if (type == void.class || type == Void.class) {
      return answer;
    }
    answer.put(
        "content",
        json(media, media.equals("application/json") ? answered(type) : Map.of("type", "string")));
    return answer;
  }

  private Map<String, Object> answered(Type type) {
    if (type instanceof ParameterizedType of && of.getRawType() == Page.class) {
      Map<String, Object> properties =
          ordered(
              "items",
              ordered("type", "array", "items", schemas.of(of.getActualTypeArguments()[0])),
              "next",
              Map.of("type", "string"));
      Map<String, Object> page = ordered("type", "object", "properties", properties);
      page.put("required", List.of("items"));
      return page;
    }
    return schemas.of(type);
  }

  /** What is left of the type when the edge has taken its own out. */
  private static Type body(Type returned) {
    return returned instanceof ParameterizedType of
            && Set.of(Recorded.class, Versioned.class, ResponseEntity.class)
                .contains(of.getRawType())
        ? body(of.getActualTypeArguments()[0])
        : returned;
  }

  private String media() {
    @Nullable RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(
            route.handler().getMethod(), RequestMapping.class);
    if (mapping != null && mapping.produces().length > 0) {
      return mapping.produces()[0].replaceAll(";.*", "");
    }
    boolean rendered =
        AnnotatedElementUtils.hasAnnotation(route.handler().getBeanType(), ResponseBody.class)
            || route.handler().hasMethodAnnotation(ResponseBody.class);
    return rendered ? "application/json" : "text/html";
  }

  private static Map<String, Object> problem(List<ProblemCode> codes) {
    return ordered(
        "description",
        codes.stream().map(code -> "`" + code.code() + "`").collect(Collectors.joining(", ")),
        "content",
        json("application/problem+json", Map.of("$ref", "#/components/schemas/Problem")));
  }

  private static Map<String, Object> json(String media, Map<String, Object> schema) {
    return Map.of(media, Map.of("schema", schema));
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
