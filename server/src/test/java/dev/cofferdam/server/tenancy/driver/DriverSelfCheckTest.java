package dev.cofferdam.server.tenancy.driver;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.tenancy.DatabaseRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DriverSelfCheckTest {
  private static final BoundDatabase DATABASE = new BoundDatabase();

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private static void check(BindingSource source) {
    DriverSelfCheck.run(
        DATABASE.target(), () -> BoundDatabase.password(DatabaseRole.APP), source, Bound.ONE);
  }

  @Test
  void passesOnAHealthyDatabase() {
    assertThatCode(() -> check(new Bound())).doesNotThrowAnyException();
  }

  @Test
  void refusesCapabilitiesThatTheDatabaseDoesNotTake() {
    assertThatThrownBy(() -> Bound.expiredAs(Bound.ONE, () -> run()))
        .isInstanceOf(DriverRefusedException.class)
        .hasMessageContaining("did not take a binding")
        .hasMessageContaining("clocks");
  }

  private static boolean run() {
    check(new Bound());
    return true;
  }

  @Test
  void refusesABindingThatOutlivesItsTransaction() {
    // What a pooler that shares sessions, or a changed `bind`, would do.
    DATABASE.asSuperuser(
        "alter role cofferdam_app in database "
            + DATABASE.name()
            + " set backtrace_functions = 't_00000000000000000000000000000009'");
    try {
      assertThatThrownBy(() -> check(new Bound()))
          .isInstanceOf(DriverRefusedException.class)
          .hasMessageContaining("does not end before");
    } finally {
      DATABASE.asSuperuser(
          "alter role cofferdam_app in database " + DATABASE.name() + " reset backtrace_functions");
    }
  }
}
