package dev.cofferdam.server.surface;

import java.time.Instant;

/**
 * How and when a person proved who they are.
 *
 * @param at the {@code auth_time} that the identity provider asserted, not when the session began
 */
public record SignIn(AcrClass acr, Instant at) {}
