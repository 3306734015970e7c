package dev.cofferdam.node.terminal;

import dev.cofferdam.node.client.UnreachableServerException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A part of a list, as the API gives it.
 *
 * @param objects each as JSON in one line
 * @param next the cursor of the next part; empty for the last
 */
record Items(List<String> objects, Optional<String> next) {
  private static final JsonFactory JSON = JsonFactory.builder().build();

  /**
   * Reads one.
   *
   * @throws UnreachableServerException when it is none: what answers is not the server
   */
  static Items of(byte[] body) throws IOException {
    List<String> objects = new ArrayList<>();
    @Nullable String next = null;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("items") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            objects.add(copied(parser));
          }
        } else if (name.equals("next") && value == JsonToken.VALUE_STRING) {
          next = parser.getString();
        } else {
          parser.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new UnreachableServerException("what it answers is no list", e);
    }
    return new Items(List.copyOf(objects), Optional.ofNullable(next));
  }

  private static String copied(JsonParser parser) {
    StringWriter text = new StringWriter();
    try (JsonGenerator copy = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      copy.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  private static void require(boolean holds) throws IOException {
    if (!holds) {
      throw new UnreachableServerException("what it answers is no list");
    }
  }
}
