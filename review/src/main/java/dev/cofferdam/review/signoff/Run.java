package dev.cofferdam.review.signoff;

import java.util.List;

/**
 * The run that a sign-off is of.
 *
 * @param at when it began, as RFC 3339 writes it in UTC
 * @param millis until the last verdict
 * @param target what was attacked: {@code laboratory}, a server that the review started itself; or
 *     the address of a deployment
 * @param only the beginnings of the names of the attacks that were asked for; empty when all were
 * @param laboratories how many played at the same time
 * @param machine what it ran on, in a few words
 */
public record Run(
    String at,
    long millis,
    String target,
    List<String> only,
    int laboratories,
    String machine,
    Conclusion verdict) {
  public Run {
    only = List.copyOf(only);
  }
}
