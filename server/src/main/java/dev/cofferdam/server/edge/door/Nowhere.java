package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Surface;
import java.util.Arrays;

/** What the door holds of a request that no handler takes, as if one had declared it. */
final class Nowhere {
  static final Surface SURFACE =
      Arrays.stream(Nowhere.class.getDeclaredMethods())
          .map(method -> method.getAnnotation(Surface.class))
          .filter(java.util.Objects::nonNull)
          .findFirst()
          .orElseThrow();

  private Nowhere() {}

  @Surface(
      summary = "Looks for a route.",
      access = Access.ANYONE,
      limit = "public",
      action = "route.find")
  void declared() {}
}
