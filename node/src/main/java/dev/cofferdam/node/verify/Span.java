package dev.cofferdam.node.verify;

/**
 * Which entries to verify.
 *
 * @param from the first one's index
 * @param to the index after the last one; {@link #END} for all that the log has
 */
public record Span(long from, long to) {
  /** Up to the end of the log. */
  public static final long END = Long.MAX_VALUE;

  /** The whole log. */
  public static final Span WHOLE = new Span(0, END);

  public Span {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("no entries from " + from + " to before " + to);
    }
  }

  boolean whole() {
    return from == 0 && to == END;
  }

  Span within(long size) {
    return new Span(from, Math.min(to, size));
  }
}
