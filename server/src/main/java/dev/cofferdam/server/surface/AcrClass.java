package dev.cofferdam.server.surface;

/**
 * How strongly somebody signed in, in rising order. Identity maps the {@code acr} values of each
 * identity provider to these; one that it does not know is the weakest.
 */
public enum AcrClass {
  SINGLE_FACTOR,
  MULTI_FACTOR,
  PHISHING_RESISTANT
}
