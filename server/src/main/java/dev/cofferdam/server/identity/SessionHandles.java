package dev.cofferdam.server.identity;

import java.security.SecureRandom;

/** Makes the handles of sessions. */
final class SessionHandles {
  private final RingMac ring;
  private final SecureRandom random;

  SessionHandles(RingMac ring, SecureRandom random) {
    this.ring = ring;
    this.random = random;
  }

  SessionHandle make() {
    byte[] drawn = new byte[SessionHandle.RANDOM];
    random.nextBytes(drawn);
    return new SessionHandle(drawn, ring.of(SessionHandle.message(drawn)));
  }
}
