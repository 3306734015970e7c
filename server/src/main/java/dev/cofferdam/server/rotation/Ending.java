package dev.cofferdam.server.rotation;

import dev.cofferdam.server.surface.Recorded;

/** What came of the wish to end a key. */
public sealed interface Ending {
  /** It is in the state that was wished for. */
  record Ended(Recorded<RingView> ring) implements Ending {}

  /** Something needs it, or may; the ring says what. */
  record Needed() implements Ending {}

  /** The ring has no such key, or there is no such ring. */
  record Unknown() implements Ending {}

  /** It is the active key, or about to be, or has been ended before. */
  record NoWay() implements Ending {}
}
