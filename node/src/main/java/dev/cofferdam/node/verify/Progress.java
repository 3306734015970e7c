package dev.cofferdam.node.verify;

/** Is told how far a walk has come. */
@FunctionalInterface
public interface Progress {
  /** {@code done} of {@code all} entries; called after each tile of 256. */
  void at(long done, long all);
}
