package dev.cofferdam.server.edge.document;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cofferdam.server.edge.door.RequiredFields;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schemas of what handlers take and give (OpenAPI 3.1 is JSON Schema 2020-12). Bodies are
 * records of plain values: whatever else one is made of fails the start.
 */
final class Schemas {
  private final Map<String, Object> components = new TreeMap<>();
  private final Map<String, Class<?>> named = new TreeMap<>();

  /** The schemas that the others refer to, by name. */
  Map<String, Object> components() {
    return components;
  }

  Map<String, Object> of(Type type) {
    return switch (type) {
      case Class<?> plain -> ofClass(plain);
      case ParameterizedType of -> ofParameterized(of);
      case WildcardType wildcard -> of(wildcard.getUpperBounds()[0]);
      default -> throw unknown(type);
    };
  }

  private Map<String, Object> ofClass(Class<?> type) {
    Map<String, Object> scalar = scalar(type);
    if (scalar != null) {
      return scalar;
    }
    Optional<Method> value =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(JsonValue.class))
            .findFirst();
    if (value.isPresent()) {
      return of(value.get().getGenericReturnType());
    }
    if (type.isEnum()) {
      return ordered("type", "string", "enum", constants(type));
    }
    if (type == Object.class || JsonNode.class.isAssignableFrom(type)) {
      return Map.of();
    }
    if (type.isSealed()) {
      return Map.of(
          "oneOf", Arrays.stream(type.getPermittedSubclasses()).map(this::ofClass).toList());
    }
    if (type.isRecord()) {
      return reference(type);
    }
    throw unknown(type);
  }

  private static @Nullable Map<String, Object> scalar(Class<?> type) {
    return switch (type.getName()) {
      case "boolean", "java.lang.Boolean" -> Map.of("type", "boolean");
      case "int", "java.lang.Integer" -> ordered("type", "integer", "format", "int32");
      case "long", "java.lang.Long" -> ordered("type", "integer", "format", "int64");
      case "double", "java.lang.Double" -> Map.of("type", "number");
      case "java.lang.String", "java.lang.CharSequence", "char" -> Map.of("type", "string");
      case "[B" -> ordered("type", "string", "contentEncoding", "base64");
      default -> {
        if (type == UUID.class) {
          yield ordered("type", "string", "format", "uuid");
        }
        if (type == Instant.class) {
          yield ordered("type", "string", "format", "date-time");
        }
        if (type == URI.class) {
          yield ordered("type", "string", "format", "uri");
        }
        yield type == Duration.class ? ordered("type", "string", "format", "duration") : null;
      }
    };
  }

  private Map<String, Object> ofParameterized(ParameterizedType type) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (Collection.class.isAssignableFrom(raw)) {
      return ordered("type", "array", "items", of(arguments[0]));
    }
    if (Map.class.isAssignableFrom(raw)) {
      return ordered("type", "object", "additionalProperties", of(arguments[1]));
    }
    if (raw == Optional.class) {
      return of(arguments[0]);
    }
    throw unknown(type);
  }

  private Map<String, Object> reference(Class<?> record) {
    String name = name(record);
    Class<?> other = named.putIfAbsent(name, record);
    if (other != null && other != record) {
      throw new IllegalStateException(
          "`%s` and `%s` are both `%s` in the document: give one another name"
              .formatted(other.getName(), record.getName(), name));
    }
    if (other == null) {
      components.put(name, Map.of());
      components.put(name, object(record));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /**
   * What stands in a controller says what it is together with that: {@code Wanted} of the {@code
   * DomainController} is a {@code DomainWanted}, and a {@code DomainBody} needs no more.
   */
  static String name(Class<?> record) {
    String own = record.getSimpleName();
    if (record.getEnclosingClass() == null) {
      return own;
    }
    String around =
        record.getEnclosingClass().getSimpleName().replaceAll("(?<=.)(Controller|Body)$", "");
    String subject = around.replaceAll(".*(?=[A-Z])", "");
    return own.contains(subject) ? own : around + own;
  }

  private Map<String, Object> object(Class<?> record) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String name = snakeCase(component.getName());
      properties.put(name, of(component.getGenericType()));
      if (RequiredFields.has(component)) {
        required.add(name);
      }
    }
    Map<String, Object> schema = ordered("type", "object", "properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("additionalProperties", false);
    return schema;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** As a map that keeps its order, since the document is compared as text. */
  static Map<String, Object> ordered(String first, Object one, String second, Object other) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(first, one);
    map.put(second, other);
    return map;
  }

  private static IllegalStateException unknown(Type type) {
    return new IllegalStateException(
        "`" + type.getTypeName() + "` is no body of the API: use records of plain values");
  }
}
