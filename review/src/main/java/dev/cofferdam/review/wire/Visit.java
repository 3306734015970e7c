package dev.cofferdam.review.wire;

import java.util.List;

/**
 * What a request of a tenant met.
 *
 * @param gate what the gate said, in the server's own words
 * @param answers of the statements; none when the gate stayed shut
 */
public record Visit(String gate, List<Answer> answers) {
  public Visit {
    answers = List.copyOf(answers);
  }

  /** Whether the gate let the request in. */
  public boolean letIn() {
    return gate.startsWith("Entered");
  }
}
