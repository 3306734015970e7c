package dev.cofferdam.server.rotation;

/**
 * What is true of one tenant when a rotation is done with it. Counted at the end, and not while it
 * is done: so it is the same however often that was interrupted.
 *
 * @param rings that have a key of this rotation or a newer one
 * @param cells that lie under these keys
 * @param spoilt that did not open
 */
record Part(long rings, long cells, long spoilt) {
  static final Part NOTHING = new Part(0, 0, 0);
}
