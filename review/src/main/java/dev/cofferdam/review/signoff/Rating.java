package dev.cofferdam.review.signoff;

/**
 * The risk of a threat by the method of {@link Risk}.
 *
 * @param likelihood 1 to 3: what the least of its attackers holds; 0 where nobody attacked
 * @param impact 1 to 3
 * @param inherent without the control
 * @param residual with what this run showed of it
 */
public record Rating(int likelihood, int impact, Level inherent, Level residual) {}
