package dev.cofferdam.bench;

/**
 * Who calls a contender at once.
 *
 * @param count how many, or 0 for as many as there are connections
 * @param virtual on threads as the server has them for its requests
 */
record Callers(int count, boolean virtual) {
  /** As many threads as there are connections. */
  static final Callers AS_CONNECTIONS = new Callers(0, false);

  /** One thread. */
  static final Callers ONE = new Callers(1, false);

  static Callers virtual(int count) {
    return new Callers(count, true);
  }
}
