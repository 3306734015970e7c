package dev.cofferdam.bench;

/**
 * One way of doing a thing.
 *
 * @param name what the table calls it
 * @param operation does it once; called by several threads at a time
 * @param each how many things one operation does; figures are of things a second
 */
record Contender(String name, Operation operation, long each) {
  Contender(String name, Operation operation) {
    this(name, operation, 1);
  }

  /** One operation on the item with the given number. */
  interface Operation {
    void run(int item) throws Exception;
  }
}
