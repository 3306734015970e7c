package dev.cofferdam.review.signoff;

/**
 * Something that somebody answers for.
 *
 * @param subject the identifier of a finding or of a threat
 * @param since the first day, and {@code expires} the first on which it counts no more
 * @param valid whether it counted on the day of the run
 */
public record AcceptanceRow(
    String subject, String reason, String owner, String since, String expires, boolean valid) {}
