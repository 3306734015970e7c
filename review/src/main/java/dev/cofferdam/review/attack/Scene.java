package dev.cofferdam.review.attack;

import dev.cofferdam.review.web.Web;

/**
 * Two tenants and a server before them that is reached over HTTP, and nothing else: what is in a
 * laboratory and in a deployment alike.
 */
public record Scene(Occupant attacker, Occupant victim, Web web) {}
