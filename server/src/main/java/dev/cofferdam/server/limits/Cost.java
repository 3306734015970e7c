package dev.cofferdam.server.limits;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What one request costs the server, in the units of the budget over all classes: about as much as
 * so many point reads.
 */
public enum Cost {
  LIGHT(1),
  ORDINARY(4),
  HEAVY(20);

  private final int units;

  Cost(int units) {
    this.units = units;
  }

  /** How much of the budget one request takes. */
  public int units() {
    return units;
  }

  /** As the table writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Cost> labelled(String label) {
    return Arrays.stream(values()).filter(cost -> cost.label().equals(label)).findFirst();
  }
}
