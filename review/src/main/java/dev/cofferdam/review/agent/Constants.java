package dev.cofferdam.review.agent;

/** The constants of enumerations that the agent is not compiled against. */
public final class Constants {
  private Constants() {}

  /** Called by woven code with a constant: the first of its kind. */
  public static Object firstBeside(Object constant) {
    return ((Enum<?>) constant).getDeclaringClass().getEnumConstants()[0];
  }
}
