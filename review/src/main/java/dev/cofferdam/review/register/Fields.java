package dev.cofferdam.review.register;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of one mapping, each of which must be asked for: what nobody asked for is refused. */
final class Fields {
  private final String where;
  private final Map<?, ?> values;
  private final Set<Object> taken = new HashSet<>();

  private Fields(String where, Map<?, ?> values) {
    this.where = where;
    this.values = values;
  }

  /** Reads all of {@code value} with {@code reading}, and refuses what that left over. */
  static <T> T read(String where, @Nullable Object value, Function<Fields, T> reading) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new RegisterRefusedException(where + ": a mapping is expected");
    }
    Fields fields = new Fields(where, map);
    T read;
    try {
      read = reading.apply(fields);
    } catch (RegisterRefusedException refused) {
      throw String.valueOf(refused.getMessage()).startsWith(where)
          ? refused
          : new RegisterRefusedException(where + ": " + refused.getMessage(), refused);
    }
    for (Object key : map.keySet()) {
      if (!fields.taken.contains(key)) {
        throw new RegisterRefusedException(where + ": the field `" + key + "` is not known");
      }
    }
    return read;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    return text(name, value(name));
  }

  /** A day in the form of RFC 3339, {@code 2027-01-31}. */
  LocalDate day(String name) {
    String text = text(name);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException none) {
      throw new RegisterRefusedException(
          where + ": `" + name + "` is to be a day like 2027-01-31, not `" + text + "`", none);
    }
  }

  List<String> texts(String name) {
    return list(name, (at, item) -> text(name, item));
  }

  <T> List<T> list(String name, ReadItem<T> reading) {
    if (!(value(name) instanceof List<?> items)) {
      throw new RegisterRefusedException(where + ": `" + name + "` is to be a list");
    }
    List<T> read = new ArrayList<>();
    for (Object item : items) {
      read.add(reading.read(where + " " + name + " " + (read.size() + 1), item));
    }
    return read;
  }

  <T> T nested(String name, Function<Fields, T> reading) {
    return read(where + " " + name, value(name), reading);
  }

  /** A mapping whose keys are not fixed, in its own order; absent is empty. */
  Map<String, String> named(String name) {
    if (!has(name)) {
      return Map.of();
    }
    if (!(value(name) instanceof Map<?, ?> map)) {
      throw new RegisterRefusedException(where + ": `" + name + "` is to be a mapping");
    }
    Map<String, String> read = new LinkedHashMap<>();
    map.forEach((key, value) -> read.put(text(name, key), text(name, value)));
    return read;
  }

  private @Nullable Object value(String name) {
    if (!has(name)) {
      throw new RegisterRefusedException(where + ": the field `" + name + "` is missing");
    }
    taken.add(name);
    return values.get(name);
  }

  private String text(String name, @Nullable Object value) {
    if (!(value instanceof String text) || text.isBlank()) {
      throw new RegisterRefusedException(where + ": `" + name + "` is to be text");
    }
    return text.strip();
  }

  /** Reads one item of a list. */
  @FunctionalInterface
  interface ReadItem<T> {
    T read(String where, @Nullable Object item);
  }
}
