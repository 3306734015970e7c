package dev.cofferdam.review.signoff;

import java.util.List;

/**
 * What is told of a run against a deployment beside what was played; empty for a run in a
 * laboratory.
 *
 * @param marker that every request carried, and that is in the name of whatever was made
 * @param requests how many were answered
 * @param tooMany how many of them met a limit, and were made again later
 * @param left what was made and could not be taken away again
 * @param subject who says that the server runs what was attacked: {@code server} or {@code
 *     reviewer}
 * @param seen of which sign-off the mutants are that count as seen, or why none does
 * @param notPlayed every attack that was not, and why
 */
public record Deployed(
    String marker,
    int requests,
    int tooMany,
    List<String> left,
    String subject,
    String seen,
    List<NotPlayed> notPlayed) {
  public Deployed {
    left = List.copyOf(left);
    notPlayed = List.copyOf(notPlayed);
  }

  /** An attack, and why it was not played. */
  public record NotPlayed(String attack, String reason) {}

  /** Of a run in a laboratory. */
  public static Deployed none() {
    return new Deployed("", 0, 0, List.of(), "", "", List.of());
  }
}
