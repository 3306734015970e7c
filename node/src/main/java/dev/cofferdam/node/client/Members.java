package dev.cofferdam.node.client;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The members of a JSON object that are strings or numbers, as texts. */
public final class Members {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  private Members() {}

  /** None when it is no such object. */
  public static Map<String, String> of(byte[] json) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
          members.put(name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
      return members;
    } catch (JacksonException notJson) {
      return Map.of();
    }
  }
}
