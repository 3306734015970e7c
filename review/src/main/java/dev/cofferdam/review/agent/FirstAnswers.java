package dev.cofferdam.review.agent;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What somebody keeps who thinks that what was answered once stays true. */
public final class FirstAnswers {
  /** Whoever asks, where, and by what name; the rest says what is there now. */
  private static final int WORDS = 3;

  private static final Map<String, Object> KEPT = new ConcurrentHashMap<>();

  private FirstAnswers() {}

  /** Called by woven code: the first answer to the same words. */
  public static Object of(Object[] given, Object answer) {
    Object first = KEPT.putIfAbsent(Arrays.toString(Arrays.copyOf(given, WORDS)), answer);
    return first == null ? answer : first;
  }
}
