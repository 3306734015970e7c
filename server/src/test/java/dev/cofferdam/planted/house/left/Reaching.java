package dev.cofferdam.planted.house.left;

import dev.cofferdam.planted.house.right.internal.Hidden;

/** Uses what the other module has not promised. */
public class Reaching {
  private final Hidden hidden = new Hidden();

  Hidden hidden() {
    return hidden;
  }
}
