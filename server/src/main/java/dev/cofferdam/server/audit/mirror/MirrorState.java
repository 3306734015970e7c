package dev.cofferdam.server.audit.mirror;

/** How the mirror of one log stands to the log. */
public sealed interface MirrorState {
  /** It has what was committed when it was last looked at. */
  record Current(long size) implements MirrorState {}

  /** It continues, and has less so far. */
  record Behind(long size, long committed) implements MirrorState {}

  /**
   * It had more than it has now: it was removed or cut.
   *
   * @param noted how many records it had
   */
  record Missing(long noted) implements MirrorState {}

  /**
   * It and the database tell two histories, of which one was tampered with or rolled back.
   *
   * @param what in words
   * @param first the first index that may diverge
   */
  record Diverging(String what, long first) implements MirrorState {}
}
