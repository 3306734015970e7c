package dev.cofferdam.review.register;

/**
 * One of the things that stop an attack, and how the laboratory takes it out.
 *
 * @param id as threats and mutants name it
 * @param what the layer in a few plain words
 * @param seam where it sits
 */
public record Layer(String id, String what, Seam seam, TakenOut out) {

  /** How a layer is taken out: never by a switch of the production artefact. */
  public sealed interface TakenOut {}

  /**
   * By changing a clone of the database.
   *
   * @param statement SQL that a superuser runs in the clone
   * @param back SQL that undoes what reaches beyond the clone, such as rights of a role; empty when
   *     nothing does
   */
  public record InDatabase(String statement, String back) implements TakenOut {}

  /**
   * By the agent in the server's process.
   *
   * @param name the switch as the agent knows it
   */
  public record InProcess(String name) implements TakenOut {}

  /**
   * In the verifier that an outsider runs.
   *
   * @param name the switch as the verifier's seams know it
   */
  public record InVerifier(String name) implements TakenOut {}
}
