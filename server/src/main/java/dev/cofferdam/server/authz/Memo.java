package dev.cofferdam.server.authz;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;

/**
 * Answers that were given, one byte for each question there is. An answer never changes while the
 * server runs, since the policies do not: two threads that ask at once write the same.
 */
final class Memo {
  private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(byte[].class);
  private static final byte PERMITTED = 1;
  private static final byte DENIED = 2;

  private final Asked policies;
  private final byte[] known = new byte[Questions.COUNT];

  /** Asks the policies. */
  interface Asked {
    Policies.Answer ask(Question question);
  }

  Memo(Asked policies) {
    this.policies = policies;
  }

  /**
   * @param question made only when the answer is not known yet
   */
  boolean permits(int index, Supplier<Question> question) {
    byte answer = (byte) ELEMENTS.getOpaque(known, index);
    if (answer != 0) {
      return answer == PERMITTED;
    }
    return switch (policies.ask(question.get())) {
      case PERMIT -> {
        ELEMENTS.setOpaque(known, index, PERMITTED);
        yield true;
      }
      case DENY -> {
        ELEMENTS.setOpaque(known, index, DENIED);
        yield false;
      }
      // Not kept: each failure is one more alert.
      case FAILED -> false;
    };
  }
}
