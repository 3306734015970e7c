package dev.cofferdam.server.surface;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as a handler returns it.
 *
 * @param last the position of the last item, if there are more behind it. The edge seals it into
 *     the cursor that the client gets as {@code next}, together with the route, its other
 *     parameters and the caller; so the position itself may be anything short.
 */
public record Page<T>(List<T> items, @Nullable String last) {
  public Page {
    items = List.copyOf(items);
  }
}
