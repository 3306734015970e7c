package dev.cofferdam.review.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back over HTTP.
 *
 * @param nanos from the last byte of the request to the first of the answer
 */
public record Reply(int status, List<Ask.Field> fields, byte[] body, long nanos) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Reply {
    fields = List.copyOf(fields);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as JSON; a missing node when it is none. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JacksonException none) {
      return JSON.missingNode();
    }
  }

  /** A member of a JSON body as text, or empty text. */
  public String member(String name) {
    return json().path(name).asString("");
  }

  /** The first field of this name. */
  public Optional<String> field(String name) {
    return fieldsOf(name).stream().findFirst();
  }

  /** Every field of this name, in order. */
  public List<String> fieldsOf(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Ask.Field::value)
        .toList();
  }

  /** The code of a problem document, or of an error of OAuth's (RFC 6749), or empty text. */
  public String code() {
    if (status < 400) {
      return "";
    }
    String code = member("code");
    return code.isEmpty() ? member("error") : code;
  }

  /** The id that the server gave the request; empty when there is none. */
  public String requestId() {
    return field("Cofferdam-Request-Id").orElse("");
  }

  /** Whether it did what was asked, be it by leading on to another page. */
  public boolean isDone() {
    return status >= 200 && status < 400;
  }

  /** Everything that an attacker can read in it. */
  public String readable() {
    return status
        + "\n"
        + fields.stream()
            .map(field -> field.name() + ": " + field.value())
            .collect(Collectors.joining("\n"))
        + "\n\n"
        + text();
  }

  /** Status and code in a few characters. */
  public String brief() {
    String code = code();
    return code.isEmpty() ? Integer.toString(status) : status + " " + code;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Reply reply
        && status == reply.status
        && fields.equals(reply.fields)
        && Arrays.equals(body, reply.body);
  }

  @Override
  public int hashCode() {
    return status + 31 * fields.hashCode();
  }

  @Override
  public String toString() {
    return brief();
  }
}
