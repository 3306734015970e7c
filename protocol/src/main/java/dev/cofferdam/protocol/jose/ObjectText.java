package dev.cofferdam.protocol.jose;

import java.util.Map;

/** Objects of JSON, as text without blanks, their members in the order in which they are given. */
final class ObjectText {
  private ObjectText() {}

  /**
   * The text of an object whose members are strings, whole numbers or objects.
   *
   * @throws IllegalArgumentException when one is anything else
   */
  static String of(Map<String, ?> members) {
    StringBuilder text = new StringBuilder();
    object(members, text);
    return text.toString();
  }

  private static void object(Map<?, ?> members, StringBuilder text) {
    text.append('{');
    String between = "";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      text.append(between);
      string(String.valueOf(member.getKey()), text);
      text.append(':');
      value(member.getValue(), text);
      between = ",";
    }
    text.append('}');
  }

  private static void value(Object value, StringBuilder text) {
    switch (value) {
      case String string -> string(string, text);
      case Long number -> text.append(number.longValue());
      case Map<?, ?> members -> object(members, text);
      default -> throw new IllegalArgumentException("a value is a string, a number or an object");
    }
  }

  private static void string(String value, StringBuilder text) {
    text.append('"');
    for (int at = 0; at < value.length(); at++) {
      char unit = value.charAt(at);
      if (unit == '"' || unit == '\\') {
        text.append('\\').append(unit);
      } else if (unit < ' ') {
        text.append("\\u%04x".formatted((int) unit));
      } else {
        text.append(unit);
      }
    }
    text.append('"');
  }
}
