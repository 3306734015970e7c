package dev.cofferdam.server.keyring;

/** Something new was to be made with a ring whose keys are all destroyed: its holder is gone. */
public final class DestroyedRingException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  DestroyedRingException(Ring ring) {
    super("the keys of `" + ring.purpose().label() + "` of this holder are destroyed");
  }
}
