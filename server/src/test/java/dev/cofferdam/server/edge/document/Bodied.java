package dev.cofferdam.server.edge.document;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation of the document that takes a body of JSON.
 *
 * @param path with something in place of each variable: what is not there
 * @param isDone whether the body alone decides about it
 */
record Bodied(
    String id,
    String method,
    String path,
    String access,
    boolean isDone,
    JsonNode schema,
    JsonNode schemas) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static List<Bodied> all(JsonNode document) {
    List<Bodied> all = new ArrayList<>();
    for (var path : document.path("paths").properties()) {
      for (var method : path.getValue().properties()) {
        JsonNode operation = method.getValue();
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        if (schema.has("$ref")) {
          all.add(
              new Bodied(
                  operation.path("operationId").asString(""),
                  method.getKey().toUpperCase(java.util.Locale.ROOT),
                  filled(path.getKey(), operation.path("parameters")),
                  operation.at("/x-cofferdam/access").asString(""),
                  operation
                      .path("parameters")
                      .valueStream()
                      .noneMatch(one -> one.path("required").asBoolean(false)),
                  schema,
                  document.at("/components/schemas")));
        }
      }
    }
    return all;
  }

  private static String filled(String path, JsonNode parameters) {
    String filled = path;
    for (JsonNode one : parameters) {
      String value =
          one.at("/schema/format").asString("").equals("uuid")
              ? UUID.randomUUID().toString()
              : one.at("/schema/type").asString("").equals("integer") ? "1" : "nothing";
      filled = filled.replace("{" + one.path("name").asString("") + "}", value);
    }
    return filled;
  }

  /** With every field that there is. */
  ObjectNode example(UnaryOperator<String> values) {
    return (ObjectNode) example(schema, "", values);
  }

  private JsonNode example(JsonNode type, String name, UnaryOperator<String> values) {
    if (type.has("$ref")) {
      ObjectNode object = JSON.createObjectNode();
      resolved(type)
          .path("properties")
          .properties()
          .forEach(one -> object.set(one.getKey(), example(one.getValue(), one.getKey(), values)));
      return object;
    }
    return switch (type.path("type").asString("")) {
      case "boolean" -> JSON.valueToTree(false);
      case "integer" -> JSON.valueToTree(15);
      case "object" -> JSON.createObjectNode();
      case "array" -> JSON.createArrayNode().add(example(type.path("items"), name, values));
      default ->
          JSON.valueToTree(
              type.path("format").asString("").equals("uuid")
                  ? UUID.randomUUID().toString()
                  : values.apply(name));
    };
  }

  JsonNode resolved(JsonNode type) {
    return schemas.path(type.path("$ref").asString("").replaceAll(".*/", ""));
  }

  Answer send(WholeBrowser browser, ObjectNode body) {
    return browser.send(
        method,
        path,
        JSON.convertValue(body, new TypeReference<Map<String, Object>>() {}),
        "If-Match",
        "\"1\"");
  }

  /** The fields of its body, and of what is in them. */
  List<Place> places() {
    return places(schema, "", "");
  }

  private List<Place> places(JsonNode type, String pointer, String name) {
    List<Place> places = new ArrayList<>();
    JsonNode object = resolved(type);
    for (var one : object.path("properties").properties()) {
      String inner = name.isEmpty() ? one.getKey() : name + "." + one.getKey();
      places.add(
          new Place(
              pointer,
              one.getKey(),
              inner,
              object
                  .path("required")
                  .valueStream()
                  .anyMatch(field -> field.asString().equals(one.getKey()))));
      JsonNode items = one.getValue().path("items");
      if (items.has("$ref")) {
        places.addAll(places(items, pointer + "/" + one.getKey() + "/0", inner + "[0]"));
      } else if (one.getValue().has("$ref")) {
        places.addAll(places(one.getValue(), pointer + "/" + one.getKey(), inner));
      }
    }
    return places;
  }

  /**
   * A field of a body.
   *
   * @param pointer to what it is a field of
   * @param field as it is called there
   * @param name as a refusal calls it
   */
  record Place(String pointer, String field, String name, boolean required) {
    ObjectNode without(ObjectNode body) {
      ((ObjectNode) body.at(pointer)).remove(field);
      return body;
    }

    ObjectNode asNull(ObjectNode body) {
      ((ObjectNode) body.at(pointer)).putNull(field);
      return body;
    }
  }
}
