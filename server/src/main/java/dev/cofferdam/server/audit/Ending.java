package dev.cofferdam.server.audit;

/** How an act ended. */
public sealed interface Ending {
  /** It was done. */
  record Done() implements Ending {}

  /**
   * It was refused: the caller may not.
   *
   * @param code from the catalogue of problems, lower-case letters and underscores
   */
  record Denied(String code) implements Ending {}

  /**
   * It was attempted and did not succeed.
   *
   * @param code from the catalogue of problems, lower-case letters and underscores
   */
  record Failed(String code) implements Ending {}
}
