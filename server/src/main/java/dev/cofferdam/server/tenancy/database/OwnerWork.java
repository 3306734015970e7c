package dev.cofferdam.server.tenancy.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/** One transaction of the owner role, bound to the platform purpose {@code migrate}. */
final class OwnerWork {
  private OwnerWork() {}

  static void in(DataSource owner, Consumer<JdbcTemplate> work) {
    Object done =
        returning(
            owner,
            template -> {
              work.accept(template);
              return Boolean.TRUE;
            });
    Objects.requireNonNull(done);
  }

  static <T> T returning(DataSource owner, Function<JdbcTemplate, T> work) {
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      JdbcTemplate template = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      // The owner may set what it can bind anyway: guarded rows open to it for a platform purpose
      // only.
      template.execute("set local backtrace_functions = 'x_migrate'");
      T result = work.apply(template);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new SQLExceptionSubclassTranslator().translate("work of the owner", null, e);
    }
  }
}
