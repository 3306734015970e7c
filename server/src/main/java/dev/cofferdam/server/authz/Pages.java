package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists by id, a page at a time. */
final class Pages {
  private static final UUID FIRST = new UUID(0, 0);

  private Pages() {}

  /** The id after which a page begins. */
  static UUID position(PageRequest asked) {
    @Nullable String after = asked.after();
    return after == null ? FIRST : UUID.fromString(after);
  }

  /** A page of what was read, of which there may be one more than fits. */
  static <T> Page<T> page(List<T> found, int limit, Function<T, String> position) {
    if (found.size() <= limit) {
      return new Page<>(found, null);
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, position.apply(items.getLast()));
  }
}
