package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a form that was sent.
 *
 * @param said as a sentence
 * @param field that is at fault, as the form calls it
 */
public record FieldFault(@Nullable String said, @Nullable String field) {
  static final FieldFault NONE = new FieldFault(null, null);

  /** What describes a field: its hint, and what is wrong where that is about it. */
  public String described(String name) {
    return name.equals(field) ? "wrong " + name + "-hint" : name + "-hint";
  }

  /** The attribute of a field, null where it is not at fault. */
  public @Nullable String invalid(String name) {
    return name.equals(field) ? "true" : null;
  }
}
