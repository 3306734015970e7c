package dev.cofferdam.server.surface;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to the authorization server: fields of a body, each once. A handler whose
 * {@link Surface} is {@link Surface#oauth} takes one as parameter, with {@link Fields}.
 *
 * <p>No record: codes, tokens and assertions are in it.
 */
public final class OAuthForm {
  /** Which may be there more than once (RFC 8707, section 2; RFC 8693, section 2.1). */
  private static final Set<String> REPEATABLE = Set.of("resource", "audience");

  private final Map<String, List<String>> fields;

  /** What a handler reads of it, for the OpenAPI document. */
  @Documented
  @Target({ElementType.PARAMETER, ElementType.TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Fields {
    String[] value() default {};

    String[] required() default {};

    /** A type that says which fields there are before these, for forms that have them in common. */
    Class<?> of() default void.class;
  }

  /** The names of all fields, in order. */
  public static List<String> names(Fields fields) {
    return with(fields, Fields::value);
  }

  /** The names of those without which a form is none. */
  public static List<String> required(Fields fields) {
    return with(fields, Fields::required);
  }

  private static List<String> with(Fields fields, Function<Fields, String[]> which) {
    @Nullable Fields common = fields.of().getAnnotation(Fields.class);
    return Stream.concat(
            common == null ? Stream.of() : with(common, which).stream(),
            Stream.of(which.apply(fields)))
        .toList();
  }

  private OAuthForm(Map<String, List<String>> fields) {
    this.fields = fields;
  }

  /** Of what a request has; empty when a field is there twice. What has no value is left out. */
  public static Optional<OAuthForm> of(Map<String, String[]> parameters) {
    Map<String, List<String>> fields = new HashMap<>();
    for (Map.Entry<String, String[]> each : parameters.entrySet()) {
      if (each.getValue().length > 1 && !REPEATABLE.contains(each.getKey())) {
        return Optional.empty();
      }
      List<String> values =
          List.of(each.getValue()).stream().filter(value -> !value.isEmpty()).toList();
      if (!values.isEmpty()) {
        fields.put(each.getKey(), values);
      }
    }
    return Optional.of(new OAuthForm(Map.copyOf(fields)));
  }

  /** The value of a field that is there once. */
  public Optional<String> find(String name) {
    return all(name).stream().findFirst();
  }

  /**
   * The same where there has to be one.
   *
   * @throws RefusedException when there is none
   */
  public String get(String name) {
    return find(name).orElseThrow(() -> Refusal.of(ProblemCode.MALFORMED_REQUEST).thrown());
  }

  /** The values of a field that may be there more than once. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  @Override
  public String toString() {
    return "a form of " + fields.keySet().size() + " fields";
  }
}
