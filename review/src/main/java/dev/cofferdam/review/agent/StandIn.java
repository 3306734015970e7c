package dev.cofferdam.review.agent;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;

/** Lets a clone stand in for the server's own database, connection by connection. */
public final class StandIn {
  private static final String DATABASE = "PGDBNAME";
  private static final String OWN_MIRROR = "mirror";
  private static final String MIRRORS = "mirrors";

  private StandIn() {}

  /**
   * Called by the woven constructor of a driver's connection. Connections of the server's own roles
   * go to the clone; whoever installs, does so where it was told to.
   */
  public static Properties of(Properties asked) {
    Captured.connection(asked);
    String user = asked.getProperty("user", "");
    if (!user.startsWith("cofferdam_")) {
      return asked;
    }
    Properties info = new Properties();
    info.putAll(asked);
    info.setProperty(DATABASE, Switches.database(asked.getProperty(DATABASE, "")));
    return info;
  }

  /**
   * Called by the woven mirror with a file that it is about to use: each database has a mirror of
   * its own, beside the server's.
   */
  public static Path mirrored(Path root, Path file) {
    String mirror = Switches.mirror();
    return mirror.isEmpty() || !root.endsWith(OWN_MIRROR) || !file.startsWith(root)
        ? file
        : root.resolveSibling(MIRRORS).resolve(mirror).resolve(root.relativize(file).toString());
  }

  /**
   * Called by the woven pools with a connection that they are about to lend. A pool may have begun
   * to make one before the clone stood in, and have put it there after all others were evicted.
   */
  public static Connection current(DataSource pool, Connection lent) throws SQLException {
    if (isCurrent(lent)) {
      return lent;
    }
    Reflected.call(pool, "evictConnection", lent);
    return pool.getConnection();
  }

  /**
   * One that has broken meanwhile is not: if it left here by an exception, it would be lent for
   * good.
   */
  private static boolean isCurrent(Connection lent) {
    try {
      String actual = lent.getCatalog();
      return actual == null || actual.equals(Switches.database(actual));
    } catch (SQLException broken) {
      return false;
    }
  }
}
