package dev.cofferdam.server.identity;

import java.util.Locale;

/** The names of enums as the database and the API write them. */
public final class Stored {
  private Stored() {}

  public static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  public static <E extends Enum<E>> E of(Class<E> type, String stored) {
    return Enum.valueOf(type, stored.toUpperCase(Locale.ROOT));
  }
}
