package dev.cofferdam.node.verify;

import java.util.List;

/** What a verification found. */
public sealed interface Verdict {
  /** The exit code of a command that ends with this verdict. */
  int exitCode();

  /** One sentence for people. */
  String sentence();

  /**
   * What was verified is whole, and agrees with everything that it was compared with.
   *
   * @param what was verified
   * @param comparisons with what beside the log's own checkpoint; never empty
   * @param without what it could not be compared with, since the verifier has none
   */
  record Clean(String what, List<String> comparisons, List<String> without) implements Verdict {
    public Clean {
      comparisons = List.copyOf(comparisons);
      without = List.copyOf(without);
    }

    @Override
    public int exitCode() {
      return 0;
    }

    @Override
    public String sentence() {
      String sentence =
          "clean: %s, compared with the log's checkpoint and %s"
              .formatted(what, String.join(", ", comparisons));
      return without.isEmpty()
          ? sentence
          : sentence + "; not compared with " + String.join(", ", without);
    }
  }

  /**
   * Somebody has been at it.
   *
   * @param first the first index that diverges, or may
   * @param last the last index that may be the first to diverge: {@code first} where it is known
   *     exactly
   */
  record Tampered(String what, long first, long last) implements Verdict {
    @Override
    public int exitCode() {
      return 1;
    }

    @Override
    public String sentence() {
      String where =
          first == last
              ? "at index %,d".formatted(first)
              : "between index %,d and %,d".formatted(first, last);
      return "tampered: %s; the first divergence is %s".formatted(what, where);
    }
  }

  /** It could not be told. */
  record Unknown(String why) implements Verdict {
    @Override
    public int exitCode() {
      return 2;
    }

    @Override
    public String sentence() {
      return "could not tell: " + why;
    }
  }
}
