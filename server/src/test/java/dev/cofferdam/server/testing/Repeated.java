package dev.cofferdam.server.testing;

/**
 * How often a test repeats what chance decides: little by default, as often as shows that nothing
 * is ever otherwise in {@code ./cofferdam test --whole}, and as often as a property of its own says
 * (CONTRIBUTING.md). What is left out is said, and the launcher says it again at the end.
 */
public final class Repeated {
  private Repeated() {}

  /**
   * @param what is repeated, as the reader of a run understands it
   * @param property that says how often instead
   */
  public static int times(String what, String property, int few, int whole) {
    Integer asked = Integer.getInteger(property);
    if (asked != null) {
      return asked;
    }
    if (Boolean.getBoolean("test.whole")) {
      return whole;
    }
    System.out.printf("left out: %,d of %,d %s%n", whole - few, whole, what);
    return few;
  }
}
