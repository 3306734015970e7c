package dev.cofferdam.review.signoff;

/**
 * One of the things that stop an attack.
 *
 * @param what it is, in a few plain words
 */
public record LayerRow(String id, String what, String module) {}
