package dev.cofferdam.protocol.record;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the canonical form of RFC 8785. */
final class JsonWriter {
  private final StringBuilder text = new StringBuilder();

  private JsonWriter() {}

  static byte[] write(Json value) {
    JsonWriter writer = new JsonWriter();
    writer.append(value);
    return writer.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void append(Json value) {
    switch (value) {
      case Json.Text(String string) -> append(string);
      case Json.Int(long number) -> text.append(number);
      case Json.Members(Map<String, Json> members) -> append(members);
    }
  }

  private void append(Map<String, Json> members) {
    text.append('{');
    String before = "";
    for (Map.Entry<String, Json> member : members.entrySet()) {
      text.append(before);
      append(member.getKey());
      text.append(':');
      append(member.getValue());
      before = ",";
    }
    text.append('}');
  }

  private void append(String string) {
    text.append('"');
    for (int at = 0; at < string.length(); at++) {
      char unit = string.charAt(at);
      switch (unit) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> {
          if (unit < ' ') {
            text.append("\\u00")
                .append(unit < 0x10 ? "0" : "1")
                .append(Character.forDigit(unit & 15, 16));
          } else {
            text.append(unit);
          }
        }
      }
    }
    text.append('"');
  }
}
