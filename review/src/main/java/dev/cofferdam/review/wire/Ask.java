package dev.cofferdam.review.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as an attacker wants it. Nothing in it is checked, put right or encoded: what should
 * not be sent can be.
 *
 * @param target path and query, as they go over the wire
 * @param fields name and value, in this order; a name may come twice
 * @param body null for a request without one, which also has no {@code Content-Length}
 */
public record Ask(String method, String target, List<Field> fields, byte @Nullable [] body) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FORM = "application/x-www-form-urlencoded";

  /** A header field. */
  public record Field(String name, String value) {}

  public Ask {
    fields = List.copyOf(fields);
    body = body == null ? null : body.clone();
  }

  @Override
  public byte @Nullable [] body() {
    return body == null ? null : body.clone();
  }

  public static Ask of(String method, String target) {
    return new Ask(method, target, List.of(), null);
  }

  public static Ask get(String target) {
    return of("GET", target);
  }

  /** The same with one header field more. */
  public Ask with(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Ask(method, target, more, body);
  }

  /** The same without the header fields of this name. */
  public Ask without(String name) {
    return new Ask(
        method,
        target,
        fields.stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList(),
        body);
  }

  /** The same for another path and query. */
  public Ask at(String elsewhere) {
    return new Ask(method, elsewhere, fields, body);
  }

  /** The same with {@code value} as JSON. */
  public Ask json(Object value) {
    return text("application/json", JSON.writeValueAsString(value));
  }

  /** The same with a form, as a page sends it. */
  public Ask form(Map<String, String> values) {
    return text(FORM, encoded(values));
  }

  /** The same with one more field of its form. */
  public Ask field(String name, String value) {
    byte[] form = body;
    String before = form == null ? "" : new String(form, StandardCharsets.UTF_8) + "&";
    return text(FORM, before + encoded(Map.of(name, value)));
  }

  /** The same with {@code content} as it is, instead of what it had. */
  public Ask text(String type, String content) {
    return new Ask(method, target, fields, content.getBytes(StandardCharsets.UTF_8))
        .without("Content-Type")
        .with("Content-Type", type);
  }

  /** Whether it has a field of this name. */
  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
  }

  /** A query or a form. */
  public static String encoded(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> encoded(value.getKey()) + "=" + encoded(value.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** A piece of a query or a form. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A piece of a path. */
  public static String segment(String text) {
    return encoded(text).replace("+", "%20");
  }

  /**
   * Everything in it that an answer could give back, so that what comes back is not taken for news.
   */
  public String written() {
    byte[] content = body;
    return target
        + " "
        + fields.stream().map(Field::value).collect(Collectors.joining(" "))
        + (content == null ? "" : " " + new String(content, StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ask ask
        && method.equals(ask.method)
        && target.equals(ask.target)
        && fields.equals(ask.fields)
        && Arrays.equals(body, ask.body);
  }

  @Override
  public int hashCode() {
    return target.hashCode();
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
