package dev.cofferdam.review.agent;

/** Whatever the server keeps in memory, so that no answer from before a change outlives it. */
final class Caches {
  private Caches() {}

  static void clear() {
    for (Object cache : Captured.all(Seams.CACHES)) {
      Reflected.call(cache, "invalidateAll");
    }
  }
}
