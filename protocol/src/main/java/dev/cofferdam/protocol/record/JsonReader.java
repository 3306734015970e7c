package dev.cofferdam.protocol.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Reads canonical JSON, and nothing that {@link JsonWriter} would have written otherwise. */
final class JsonReader {
  private static final int DEEPEST = 8;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value that these bytes are the canonical encoding of.
   *
   * @throws IllegalArgumentException when they are of none
   */
  static Json read(byte[] bytes) {
    JsonReader reader = new JsonReader(decode(bytes));
    Json value = reader.value(0);
    // Members out of order, repeated members, needless escapes and blanks: all come out otherwise.
    if (reader.at != reader.text.length() || !Arrays.equals(JsonWriter.write(value), bytes)) {
      throw new IllegalArgumentException("not canonical JSON");
    }
    return value;
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  private Json value(int depth) {
    if (depth > DEEPEST) {
      throw broken("nested too deeply");
    }
    char first = peek();
    if (first == '{') {
      return members(depth);
    }
    return first == '"' ? new Json.Text(string()) : number();
  }

  private Json.Members members(int depth) {
    Map<String, Json> members = new HashMap<>();
    expect('{');
    if (peek() != '}') {
      do {
        String name = string();
        expect(':');
        members.put(name, value(depth + 1));
      } while (more());
    }
    expect('}');
    return new Json.Members(members);
  }

  private boolean more() {
    boolean comma = peek() == ',';
    if (comma) {
      at++;
    }
    return comma;
  }

  private Json.Int number() {
    int begin = at;
    while (at < text.length()
        && (text.charAt(at) == '-' || Character.digit(text.charAt(at), 10) >= 0)) {
      at++;
    }
    if (at == begin || at - begin > 17) {
      throw broken("a value expected");
    }
    return new Json.Int(Long.parseLong(text, begin, at, 10));
  }

  private String string() {
    expect('"');
    var string = new StringBuilder();
    while (peek() != '"') {
      char unit = text.charAt(at++);
      string.append(unit == '\\' ? escaped() : unit);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char kind = peek();
    at++;
    return switch (kind) {
      case '"', '\\' -> kind;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> {
        if (at + 4 > text.length()) {
          throw broken("four hex digits expected");
        }
        at += 4;
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> throw broken("no such escape");
    };
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw broken("`" + wanted + "` expected");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw broken("more expected");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException broken(String why) {
    return new IllegalArgumentException("not canonical JSON: " + why + " at " + at);
  }
}
