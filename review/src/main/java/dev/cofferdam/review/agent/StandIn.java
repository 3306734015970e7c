package dev.cofferdam.review.agent;

import java.util.Properties;

/** Lets a clone stand in for the server's own database, connection by connection. */
public final class StandIn {
  private static final String DATABASE = "PGDBNAME";

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
}
