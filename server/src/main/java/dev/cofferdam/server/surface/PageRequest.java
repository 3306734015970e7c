package dev.cofferdam.server.surface;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list: the parameters {@code limit} and {@code cursor}.
 *
 * @param limit how many at most, 1 to {@value #MOST}
 * @param after the position where the page before ended, as the list itself wrote it; null for the
 *     first page. The edge has opened the cursor that carried it.
 */
public record PageRequest(int limit, @Nullable String after) {
  public static final int MOST = 200;
  public static final int USUAL = 50;

  public PageRequest {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("a page holds 1 to " + MOST);
    }
  }
}
