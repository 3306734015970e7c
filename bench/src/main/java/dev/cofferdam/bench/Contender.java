package dev.cofferdam.bench;

/**
 * One way of doing a thing.
 *
 * @param name what the table calls it
 * @param operation does it once; called by several threads at a time
 */
record Contender(String name, Operation operation) {

  /** One operation on the item with the given number. */
  interface Operation {
    void run(int item) throws Exception;
  }
}
