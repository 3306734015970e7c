package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.surface.ProblemCode;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

class CausesTest {
  /** As the pool says it of a connection that it has closed: without a state. */
  private static TransactionSystemException notRolledBack() {
    return new TransactionSystemException(
        "JDBC rollback failed", new SQLException("Connection is closed"));
  }

  /** What a database that hangs comes to, when the statement and then its rollback fail. */
  @Test
  void whatCouldNotBeRolledBackIsWhatCameBeforeIt() {
    TransactionSystemException failure = notRolledBack();
    failure.initApplicationException(
        new DataAccessResourceFailureException("sending", new SocketTimeoutException()));

    assertThat(Causes.refusal(failure).code()).isEqualTo(ProblemCode.UNAVAILABLE);
  }

  @Test
  void ofADefectOfOursItStaysOne() {
    TransactionSystemException failure = notRolledBack();
    failure.initApplicationException(new IllegalStateException("a defect"));

    assertThat(Causes.refusal(failure).code()).isEqualTo(ProblemCode.INTERNAL);
    assertThat(Causes.refusal(notRolledBack()).code()).isEqualTo(ProblemCode.INTERNAL);
  }
}
