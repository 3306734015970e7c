package dev.cofferdam.server.edge.document;

import static dev.cofferdam.server.edge.document.Schemas.ordered;

import dev.cofferdam.server.edge.door.Route;
import dev.cofferdam.server.surface.IdempotencyKey;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.PageRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;

/** What an operation takes: parameters, and the body or the fields of a form. */
final class Inputs {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Route route;
  private final Schemas schemas;
  private final List<MethodParameter> taken;

  Inputs(Route route, Schemas schemas) {
    this.route = route;
    this.schemas = schemas;
    this.taken = Arrays.asList(route.handler().getMethodParameters());
  }

  /** Whether it is what a form of a page is sent to. */
  boolean isForm() {
    return route.changes() && taken.stream().noneMatch(Inputs::isBody) && !route.isOfTheApi();
  }

  List<Map<String, Object>> parameters() {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (MethodParameter parameter : taken) {
      PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
      Class<?> type = parameter.getParameterType();
      if (path != null) {
        parameters.add(parameter("path", named(path.name(), parameter), true, schema(parameter)));
      } else if (isField(parameter) && !isForm()) {
        RequestParam query = field(parameter);
        parameters.add(
            parameter(
                "query", named(query.name(), parameter), isRequired(query), schema(parameter)));
      } else if (type == OAuthForm.class && !route.changes()) {
        parameters.addAll(queryOfTheProtocol(parameter));
      } else if (type == PageRequest.class) {
        parameters.add(told("How many at most.", parameter("query", "limit", false, pageSize())));
        parameters.add(
            told(
                "`next` of the page before; with the same filters, by the same caller.",
                parameter("query", "cursor", false, text())));
      } else if (type == IfMatch.class) {
        parameters.add(
            told(
                "The entity tag of what was read: the change is made to that version or not at all.",
                parameter("header", "If-Match", true, text())));
      } else if (type == Once.class) {
        parameters.add(
            told(
                "Chosen by the caller: sent again with the same key, it is answered again and done once.",
                parameter("header", IdempotencyKey.HEADER, false, text())));
      }
    }
    return parameters;
  }

  /** Of a request that a browser is led here with. */
  private static List<Map<String, Object>> queryOfTheProtocol(MethodParameter parameter) {
    OAuthForm.Fields fields =
        Objects.requireNonNull(parameter.getParameterAnnotation(OAuthForm.Fields.class));
    List<String> required = OAuthForm.required(fields);
    return OAuthForm.names(fields).stream()
        .map(name -> parameter("query", name, required.contains(name), text()))
        .toList();
  }

  Optional<Map<String, Object>> body() {
    Optional<Map<String, Object>> protocol = route.changes() ? protocolForm() : Optional.empty();
    if (protocol.isPresent()) {
      return Optional.of(body(FORM, protocol.get()));
    }
    return isForm()
        ? Optional.of(body(FORM, form()))
        : taken.stream()
            .filter(Inputs::isBody)
            .findFirst()
            .map(
                parameter ->
                    parameter.getParameterType() == byte[].class
                        ? body("application/octet-stream", Map.of())
                        : body("application/json", schema(parameter)));
  }

  /** Of the authorization server: what is not named is left alone (RFC 6749, section 3.2). */
  private Optional<Map<String, Object>> protocolForm() {
    return taken.stream()
        .filter(parameter -> parameter.getParameterType() == OAuthForm.class)
        .findFirst()
        .map(parameter -> parameter.getParameterAnnotation(OAuthForm.Fields.class))
        .map(
            fields -> {
              Map<String, Object> known = new LinkedHashMap<>();
              OAuthForm.names(fields).forEach(name -> known.put(name, text()));
              Map<String, Object> form = ordered("type", "object", "properties", known);
              form.put("required", OAuthForm.required(fields));
              return form;
            });
  }

  private Map<String, Object> form() {
    Map<String, Object> fields = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (MethodParameter parameter : taken) {
      if (isField(parameter)) {
        String name = named(field(parameter).name(), parameter);
        fields.put(name, schema(parameter));
        if (isRequired(field(parameter))) {
          required.add(name);
        }
      }
    }
    fields.put("_csrf", text());
    required.add("_csrf");
    Map<String, Object> form = ordered("type", "object", "properties", fields);
    form.put("required", required);
    form.put("additionalProperties", false);
    return form;
  }

  private static Map<String, Object> body(String media, Map<String, Object> schema) {
    return ordered("required", true, "content", Map.of(media, Map.of("schema", schema)));
  }

  private static boolean isBody(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(RequestBody.class);
  }

  private static boolean isField(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(RequestParam.class)
        && !Map.class.isAssignableFrom(parameter.getParameterType());
  }

  private static RequestParam field(MethodParameter parameter) {
    return Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class));
  }

  private static boolean isRequired(RequestParam field) {
    return field.required() && field.defaultValue().equals(ValueConstants.DEFAULT_NONE);
  }

  private Map<String, Object> schema(MethodParameter parameter) {
    return schemas.of(parameter.getGenericParameterType());
  }

  private static Map<String, Object> text() {
    return Map.of("type", "string");
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

  private static Map<String, Object> told(String description, Map<String, Object> parameter) {
    parameter.put("description", description);
    return parameter;
  }
}
