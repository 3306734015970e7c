package dev.cofferdam.server.testing;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Puts {@link Faults} between a server and its pools: plant it as a bean. */
public final class FaultyConnections implements BeanPostProcessor {
  private final Faults faults;

  public FaultyConnections(Faults faults) {
    this.faults = faults;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return bean instanceof DataSource pool ? new Faulty(pool) : bean;
  }

  private final class Faulty extends DelegatingDataSource implements Closeable {
    private final DataSource pool;

    private Faulty(DataSource pool) {
      super(pool);
      this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      return proxy(
          Connection.class,
          (self, method, arguments) ->
              switch (method.getName()) {
                case "commit" ->
                    perhaps("commit", connection, () -> invoke(method, connection, arguments));
                case "prepareStatement" ->
                    statement(
                        String.valueOf(arguments[0]),
                        connection,
                        (PreparedStatement)
                            Objects.requireNonNull(invoke(method, connection, arguments)));
                default -> invoke(method, connection, arguments);
              });
    }

    @Override
    public void close() throws IOException {
      if (pool instanceof Closeable closeable) {
        closeable.close();
      }
    }
  }

  private PreparedStatement statement(String sql, Connection connection, PreparedStatement real) {
    @Nullable String name = faults.nameOf(sql);
    return name == null
        ? real
        : proxy(
            PreparedStatement.class,
            (self, method, arguments) ->
                method.getName().startsWith("execute")
                    ? perhaps(name, connection, () -> invoke(method, real, arguments))
                    : invoke(method, real, arguments));
  }

  private @Nullable Object perhaps(
      String name, Connection connection, Callable<@Nullable Object> call) throws Exception {
    Faults.@Nullable Mode mode = faults.draw(name);
    if (mode == null) {
      return call.call();
    }
    if (mode.takesPlace()) {
      call.call();
    }
    if (mode.cuts()) {
      connection.abort(Runnable::run);
    }
    // Class 08: a connection that failed. Class 58: a failure of the system beneath PostgreSQL.
    throw new SQLException("planted: " + name + " " + mode, mode.cuts() ? "08006" : "58030");
  }

  private static @Nullable Object invoke(
      java.lang.reflect.Method method, Object real, Object @Nullable [] arguments)
      throws Exception {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
