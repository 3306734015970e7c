package dev.cofferdam.review.signoff;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one encoding of a sign-off: canonical JSON (RFC 8785) of text, whole numbers, truth, lists
 * and members, which is all that it is made of. So it may be printed as one likes, and be signed.
 */
public final class Canonical {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // What is told of a record is its components.
          .changeDefaultVisibility(
              shown -> shown.withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The largest integer that RFC 8785 carries exactly. */
  private static final long LARGEST = (1L << 53) - 1;

  private final StringBuilder text = new StringBuilder();

  private Canonical() {}

  /** The canonical bytes of a value of this package. */
  public static byte[] bytes(Object value) {
    return bytes(tree(value));
  }

  /** The canonical bytes of JSON. */
  public static byte[] bytes(JsonNode value) {
    Canonical canonical = new Canonical();
    canonical.append(value);
    return canonical.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** SHA-256 of the canonical bytes. */
  public static byte[] digest(Object value) {
    return sha256(bytes(value));
  }

  /** A value of this package as JSON. */
  public static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }

  /** JSON as people like to read it. */
  public static String pretty(JsonNode value) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
  }

  /**
   * Reads JSON.
   *
   * @throws IllegalArgumentException when it is none, or has a member twice
   */
  public static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException broken) {
      throw new IllegalArgumentException("it is no JSON: " + broken.getOriginalMessage(), broken);
    }
  }

  /**
   * Reads a value of this package.
   *
   * @throws IllegalArgumentException when {@code json} is none, with a member missing or unknown
   */
  public static <T> T read(JsonNode json, Class<T> type) {
    try {
      return JSON.treeToValue(json, type);
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(
          "it is no " + type.getSimpleName() + ": " + broken.getOriginalMessage(), broken);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void append(JsonNode value) {
    if (value.isObject()) {
      appendMembers(value);
    } else if (value.isArray()) {
      String before = "[";
      for (JsonNode item : value) {
        text.append(before);
        append(item);
        before = ",";
      }
      text.append(value.isEmpty() ? "[]" : "]");
    } else if (value.isString()) {
      append(value.stringValue());
    } else if (value.isBoolean()) {
      text.append(value.booleanValue());
    } else if (value.isIntegralNumber()
        && value.canConvertToLong()
        && Math.abs(value.longValue()) <= LARGEST) {
      text.append(value.longValue());
    } else {
      throw new IllegalArgumentException("`" + value + "` stands in no sign-off");
    }
  }

  private void appendMembers(JsonNode value) {
    // By UTF-16 code units, which is the order of Java's strings.
    Map<String, JsonNode> members = new TreeMap<>();
    value.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    String before = "";
    text.append('{');
    for (Map.Entry<String, JsonNode> member : members.entrySet()) {
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
        default -> text.append(unit < ' ' ? "\\u%04x".formatted((int) unit) : unit);
      }
    }
    text.append('"');
  }
}
