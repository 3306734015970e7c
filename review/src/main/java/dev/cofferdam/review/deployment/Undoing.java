package dev.cofferdam.review.deployment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What a review makes where people work, and how it is taken away again: the last first, and once.
 * Safe for many threads, so that whoever breaks a run off can wait for it.
 */
final class Undoing {
  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<String> left = new ArrayList<>();

  private record Step(String what, Callable<List<String>> undo) {}

  /**
   * Is said before something is made, so that it is not forgotten whatever happens meanwhile.
   *
   * @param undo takes it away if it is there, and tells what it could not
   */
  synchronized void before(String what, Callable<List<String>> undo) {
    steps.push(new Step(what, undo));
  }

  /** Takes everything away, and tells what could not be. */
  synchronized List<String> undo() {
    while (!steps.isEmpty()) {
      Step step = steps.pop();
      try {
        left.addAll(step.undo().call());
      } catch (Exception failed) {
        left.add(step.what() + ": " + failed.getMessage());
      }
    }
    return List.copyOf(left);
  }
}
