package dev.cofferdam.server.console;

import org.jspecify.annotations.Nullable;

/**
 * The form to found a tenant, as it was filled in.
 *
 * @param wrong what is wrong with it, for the person, or null
 * @param field which field is wrong
 */
public record Founding(String slug, String name, @Nullable String wrong, @Nullable String field) {
  static final Founding EMPTY = new Founding("", "", null, null);

  public boolean slugIsWrong() {
    return "slug".equals(field);
  }

  public boolean nameIsWrong() {
    return "name".equals(field);
  }
}
