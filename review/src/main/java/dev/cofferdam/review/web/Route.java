package dev.cofferdam.review.web;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One verb of one path, as the server's own document describes it.
 *
 * @param path the template, such as {@code /v1/groups/{group}}
 * @param access who may call: {@code anyone}, {@code person}, {@code tenant}, …
 * @param roles who may within a tenant; empty when all may
 * @param query names of the parameters of query or form
 * @param fields the members of the JSON body
 * @param bytes whether its body is bytes, and no JSON
 * @param ifMatch whether it wants to be shown a version
 * @param once whether it takes an Idempotency-Key
 * @param emergency whether an operator who broke the glass may read it
 * @param sensitive whether a look alone is recorded
 * @param codes every problem that it may answer with
 */
public record Route(
    String method,
    String path,
    String access,
    Set<String> roles,
    String action,
    List<String> query,
    List<Field> fields,
    boolean json,
    boolean bytes,
    boolean ifMatch,
    boolean once,
    boolean emergency,
    boolean sensitive,
    Set<String> codes) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

  /** Tiles of a log have names of several segments, which the document has no word for. */
  private static final String REST = "/{tile}";

  /** A member of a JSON body. */
  public record Field(String name, String type, boolean required) {}

  public Route {
    roles = Set.copyOf(roles);
    query = List.copyOf(query);
    fields = List.copyOf(fields);
    codes = Set.copyOf(codes);
  }

  /** The variables of the path, in order. */
  public List<String> variables() {
    return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
  }

  /**
   * This path with something in the place of each variable. What is left of a path goes into a last
   * variable that may stand for several segments.
   */
  Pattern paths() {
    String closed = path.endsWith(REST) ? path.substring(0, path.length() - REST.length()) : path;
    String paths =
        Arrays.stream(closed.split("/", -1))
            .map(part -> VARIABLE.matcher(part).matches() ? "[^/]*" : Pattern.quote(part))
            .collect(Collectors.joining("/"));
    return Pattern.compile(closed.equals(path) ? paths : paths + "/.*", Pattern.DOTALL);
  }

  /** The path up to and with its variable {@code name}. */
  String upTo(String name) {
    return path.substring(0, path.indexOf("{" + name + "}") + name.length() + 2);
  }

  /** The path with its variables filled. */
  public String filled(java.util.function.UnaryOperator<String> value) {
    return VARIABLE
        .matcher(path)
        .replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
  }

  public boolean changes() {
    return !method.equals("GET");
  }

  /** Whether it is a page for people. */
  public boolean isPage() {
    return !path.startsWith("/v1/")
        && (!path.startsWith("/oauth/") || path.startsWith("/oauth/authorize"));
  }

  /** Whether it is this verb of this path. */
  public boolean isAt(String verb, String template) {
    return method.equals(verb) && path.equals(template);
  }

  /** As people write it. */
  public String name() {
    return method + " " + path;
  }

  @Override
  public String toString() {
    return name();
  }
}
