package dev.cofferdam.review.agent;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** The server's own pools, by the role they connect as. */
final class Pools {
  private final Map<String, DataSource> byRole = new ConcurrentHashMap<>();

  /** The pool whose connections are {@code role}'s. */
  DataSource of(String role) throws SQLException {
    DataSource known = byRole.get(role);
    if (known != null) {
      return known;
    }
    for (Object pool : Captured.all(Seams.POOLS)) {
      DataSource source = (DataSource) pool;
      try (Connection connection = source.getConnection()) {
        byRole.putIfAbsent(connection.getMetaData().getUserName(), source);
      }
    }
    DataSource found = byRole.get(role);
    if (found == null) {
      throw new IllegalStateException("the server has no pool of role " + role);
    }
    return found;
  }

  /**
   * Closes every idle connection now, and every other as it comes back. From then on one is made
   * when somebody asks for it: what a connection costs is mostly what PostgreSQL looks up anew for
   * whoever is first to ask something over it, and most attacks ask in turn.
   */
  void evict() {
    for (Object pool : Captured.all(Seams.POOLS)) {
      Reflected.call(pool, "setMinimumIdle", 0);
      Object bean = Reflected.call(pool, "getHikariPoolMXBean");
      if (!bean.equals("")) {
        Reflected.call(bean, "softEvictConnections");
      }
    }
  }

  /** Sets how long a request waits for a connection of {@code role}, from now on. */
  void patience(String role, long millis) {
    try {
      DataSource source = of(role);
      Reflected.call(source, "setConnectionTimeout", millis);
      // The pool itself looks at its settings twice a minute.
      Reflected.setField(
          Reflected.call(source, "getHikariPoolMXBean"), "connectionTimeout", millis);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Sets how many connections the pool of {@code role} has at most. */
  void resize(String role, int size) {
    try {
      Object bean = Reflected.call(of(role), "getHikariConfigMXBean");
      Reflected.call(bean, "setMaximumPoolSize", size);
      evict();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
