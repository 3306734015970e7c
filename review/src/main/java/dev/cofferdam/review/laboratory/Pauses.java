package dev.cofferdam.review.laboratory;

import java.time.Duration;

/** Waiting for what comes by itself, before it is looked for again. */
final class Pauses {
  private Pauses() {}

  /**
   * @param meanwhile what is under way, for whoever interrupts
   * @throws LaboratoryException when interrupted
   */
  static void pause(Duration length, String meanwhile) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaboratoryException("interrupted while " + meanwhile, e);
    }
  }
}
