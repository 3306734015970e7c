package dev.cofferdam.server.identity.web;

import java.util.Locale;

/** The values of enums as the API writes them. */
final class Names {
  private Names() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
