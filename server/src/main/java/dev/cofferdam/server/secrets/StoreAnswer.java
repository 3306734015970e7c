package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * What the second store answers to a question for a version (KV, version 2). The value is never
 * made a string, and no buffer that it went through is used again.
 */
final class StoreAnswer implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private final Set<String> seen = new HashSet<>();
  private long version;
  private boolean dated;
  private boolean repeated;
  private boolean whole;
  private @Nullable SecretBytes value;

  private StoreAnswer() {}

  /**
   * Reads it.
   *
   * @param field whose text is the value
   * @throws JacksonException when it is no such answer
   */
  static StoreAnswer of(byte[] body, String field) {
    StoreAnswer answer = new StoreAnswer();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      answer.read(parser, field);
      return answer;
    } catch (RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  /** Which version it is about, 0 when it is about none. */
  long version() {
    return version;
  }

  /**
   * Whether it is of a version that there was, and the one answer that there is: of two, and of two
   * values in one, nobody can say which was meant.
   */
  boolean isOfSome() {
    return dated && whole && !isRepeated();
  }

  private boolean isRepeated() {
    return repeated;
  }

  /** The value, null when there is none: from now on the caller's. */
  @Nullable SecretBytes takeValue() {
    SecretBytes taken = value;
    value = null;
    return taken;
  }

  private void read(JsonParser parser, String field) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isData = parser.currentName().equals("data");
      if (isData) {
        once("data");
      }
      if (parser.nextToken() == JsonToken.START_OBJECT && isData) {
        outer(parser, field);
      } else {
        parser.skipChildren();
      }
    }
    whole = endsHere(parser);
  }

  private static boolean endsHere(JsonParser parser) {
    return parser.nextToken() == null;
  }

  private void once(String place) {
    repeated |= !seen.add(place);
  }

  private void outer(JsonParser parser, String field) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (name.equals("data") || name.equals("metadata")) {
        once("data/" + name);
      }
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
      } else if (name.equals("data")) {
        values(parser, field);
      } else if (name.equals("metadata")) {
        metadata(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void values(JsonParser parser, String field) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = parser.currentName().equals(field);
      if (wanted) {
        once("value");
      }
      if (parser.nextToken() == JsonToken.VALUE_STRING && wanted && value == null) {
        value = bytes(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void metadata(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean wanted = parser.currentName().equals("version");
      if (wanted) {
        once("version");
      }
      if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && wanted) {
        version = parser.getLongValue();
        dated = version > 0;
      } else {
        parser.skipChildren();
      }
    }
  }

  private static @Nullable SecretBytes bytes(JsonParser parser) {
    try {
      ByteBuffer encoded =
          UTF_8
              .newEncoder()
              .encode(
                  CharBuffer.wrap(
                      parser.getStringCharacters(),
                      parser.getStringOffset(),
                      parser.getStringLength()));
      byte[] exact = Arrays.copyOf(encoded.array(), encoded.limit());
      Arrays.fill(encoded.array(), (byte) 0);
      return exact.length == 0 ? null : SecretBytes.takenFrom(exact);
    } catch (CharacterCodingException halfASurrogate) {
      return null;
    }
  }

  @Override
  public void close() {
    SecretBytes left = takeValue();
    if (left != null) {
      left.close();
    }
  }
}
