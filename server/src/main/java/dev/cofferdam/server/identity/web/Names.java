package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import java.util.Arrays;
import java.util.Locale;

/** The values of enums as the API writes them. */
final class Names {
  private Names() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The class with this name, or the refusal of the field. */
  static AcrClass acr(String field, String text) {
    return Arrays.stream(AcrClass.values())
        .filter(one -> of(one).equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid(field).thrown());
  }

  /** The role with this name, or the refusal of the field {@code role}. */
  static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> of(role).equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("role").thrown());
  }
}
