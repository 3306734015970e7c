package dev.cofferdam.review.agent;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Clock;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** The code that is copied into woven places, one class for each kind of place. */
final class Advices {
  private Advices() {}

  /** Takes the name of the place that is woven. */
  @Retention(RetentionPolicy.RUNTIME)
  @interface Name {}

  static final class Skip {
    private Skip() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Name String name) {
      return Switches.out(name);
    }
  }

  static final class SayYes {
    private SayYes() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.Return(readOnly = false) boolean answer) {
      if (Switches.out(name)) {
        answer = true;
      }
    }
  }

  static final class GiveBack {
    private GiveBack() {}

    @Advice.OnMethodExit
    static void exit(
        @Name String name,
        @Advice.Argument(0) Object given,
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object answer) {
      if (Switches.out(name)) {
        answer = given;
      }
    }
  }

  static final class Keep {
    private Keep() {}

    @Advice.OnMethodExit
    static void exit(@Name String name, @Advice.This Object made) {
      Captured.add(name, made);
    }
  }

  static final class AddTables {
    private AddTables() {}

    @Advice.OnMethodExit
    static void exit(
        @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object list) {
      list = OwnTables.addedTo(list);
    }
  }

  static final class Connect {
    private Connect() {}

    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Properties info) {
      info = StandIn.of(info);
    }
  }

  static final class MoveClock {
    private MoveClock() {}

    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) Clock clock) {
      clock = new MovedClock(clock);
    }
  }
}
