package dev.cofferdam.server.edge.document;

import static dev.cofferdam.server.edge.document.Schemas.ordered;

import dev.cofferdam.server.edge.OAuthErrors;
import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.surface.Disclosed;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What an operation answers: the one success, and each refusal by its status. */
final class Answers {
  private final Route route;
  private final Surface surface;
  private final Schemas schemas;

  Answers(Route route, Schemas schemas) {
    this.route = route;
    this.surface = route.surface();
    this.schemas = schemas;
  }

  Map<String, Object> described() {
    Map<String, Object> responses = new TreeMap<>();
    responses.put(Integer.toString(status()), success());
    Expected.problems(route).stream()
        .collect(Collectors.groupingBy(this::status, TreeMap::new, Collectors.toList()))
        .forEach((status, codes) -> responses.put(status.toString(), problem(status, codes)));
    return responses;
  }

  private int status(ProblemCode code) {
    return surface.oauth() ? OAuthErrors.status(code) : code.status();
  }

  private int status() {
    if (leadsOn()) {
      return 303;
    }
    if (!surface.created().isEmpty()) {
      return 201;
    }
    ResponseStatus status = route.handler().getMethodAnnotation(ResponseStatus.class);
    return status == null ? 200 : status.code().value();
  }

  /** A page that was given something to do sends the browser on, and so does each sign-in. */
  private boolean leadsOn() {
    Method method = route.handler().getMethod();
    return !route.isOfTheApi()
        && (body(method.getGenericReturnType()) == Void.class
            || route.changes()
                && List.of(method.getParameterTypes()).contains(HttpServletResponse.class));
  }

  private Map<String, Object> success() {
    Type returned = route.handler().getMethod().getGenericReturnType();
    Type type = body(returned);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("description", surface.sensitive() ? "Done, with its receipt" : "Done");
    answer.put("headers", headers(returned));
    String media = media();
    if (type == void.class || type == Void.class || leadsOn()) {
      return answer;
    }
    answer.put(
        "content",
        content(
            media, media.equals("application/json") ? answered(type) : Map.of("type", "string")));
    return answer;
  }

  private Map<String, Object> headers(Type returned) {
    Map<String, Object> headers = new TreeMap<>(HeaderFields.of(HeaderFields.EVERYWHERE));
    if (leadsOn() || !surface.created().isEmpty()) {
      String where = leadsOn() ? "The next page." : surface.created();
      headers.put("Location", ordered("description", where, "schema", Map.of("type", "string")));
    }
    if (surface.sensitive() || wraps(returned, Recorded.class)) {
      headers.putAll(HeaderFields.of(HeaderFields.RECORDED));
    }
    if (wraps(returned, Disclosed.class)) {
      headers.putAll(HeaderFields.of(HeaderFields.DISCLOSED));
    }
    if (wraps(returned, Versioned.class)) {
      headers.putAll(HeaderFields.of(HeaderFields.VERSIONED));
    }
    return headers;
  }

  private Map<String, Object> answered(Type type) {
    if (type == String.class) {
      // Written as JSON already, which is an object wherever a handler does so.
      return Map.of("type", "object");
    }
    if (type instanceof ParameterizedType of && of.getRawType() == Page.class) {
      Map<String, Object> properties =
          ordered(
              "items",
              ordered("type", "array", "items", schemas.of(of.getActualTypeArguments()[0])),
              "next",
              ordered(
                  "type",
                  "string",
                  "description",
                  "The `cursor` of the next page; absent on the last."));
      Map<String, Object> page = ordered("type", "object", "properties", properties);
      page.put("required", List.of("items"));
      return page;
    }
    return schemas.of(type);
  }

  /** What is left of the type when the edge has taken its own out. */
  private static Type body(Type returned) {
    return layers(returned).reduce((outer, inner) -> inner).orElse(returned);
  }

  private static boolean wraps(Type returned, Class<?> wrapper) {
    return layers(returned)
        .anyMatch(
            layer ->
                layer == wrapper
                    || layer instanceof ParameterizedType of && of.getRawType() == wrapper);
  }

  private static Stream<Type> layers(Type returned) {
    return Stream.concat(
        Stream.of(returned),
        returned instanceof ParameterizedType of
                && Set.of(Recorded.class, Versioned.class, Disclosed.class, ResponseEntity.class)
                    .contains(of.getRawType())
            ? layers(of.getActualTypeArguments()[0])
            : Stream.empty());
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

  private Map<String, Object> problem(int status, List<ProblemCode> codes) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put(
        "description",
        codes.stream()
            .map(code -> "`" + (surface.oauth() ? OAuthErrors.error(code) : code.code()) + "`")
            .distinct()
            .collect(Collectors.joining(", ")));
    Set<String> headers = HeaderFields.refusal(status);
    if (!headers.isEmpty()) {
      problem.put("headers", new TreeMap<>(HeaderFields.of(headers)));
    }
    problem.put(
        "content",
        surface.oauth()
            ? content("application/json", Map.of("$ref", "#/components/schemas/OAuthError"))
            : refusal());
    return problem;
  }

  /** Where there are pages, a browser is refused by a page. */
  private Map<String, Object> refusal() {
    Map<String, Object> content =
        new TreeMap<>(
            content("application/problem+json", Map.of("$ref", "#/components/schemas/Problem")));
    if (!route.isOfTheApi()) {
      content.putAll(content("text/html", Map.of("type", "string")));
    }
    return content;
  }

  private static Map<String, Object> content(String media, Map<String, Object> schema) {
    return Map.of(media, Map.of("schema", schema));
  }
}
