package dev.cofferdam.review.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Live objects of the server, caught as they were constructed, and the credentials its driver was
 * given. Thread-safe.
 */
public final class Captured {
  private static final Map<String, List<Object>> LIVE = new ConcurrentHashMap<>();

  /**
   * Each bit turned around, so that a dump of the server's heap holds what the server keeps, and
   * not what was noted here.
   */
  private static final Map<String, byte[]> PASSWORDS = new ConcurrentHashMap<>();

  private static volatile String address = "";
  private static volatile String database = "";

  private Captured() {}

  /** Called by woven constructors and factory methods. */
  public static void add(String kind, Object live) {
    LIVE.computeIfAbsent(kind, _ -> new CopyOnWriteArrayList<>()).add(live);
  }

  /** Called by the woven constructor of a driver's connection. */
  public static void connection(Properties info) {
    String user = info.getProperty("user");
    String password = info.getProperty("password");
    if (user != null && password != null) {
      PASSWORDS.put(user, turned(password.getBytes(UTF_8)));
    }
    address = info.getProperty("PGHOST", "") + ":" + info.getProperty("PGPORT", "");
    if (user != null && user.startsWith("cofferdam_")) {
      database = info.getProperty("PGDBNAME", "");
    }
  }

  static List<Object> all(String kind) {
    return LIVE.getOrDefault(kind, List.of());
  }

  /** The newest of its kind. */
  static Object newest(String kind) {
    List<Object> all = all(kind);
    if (all.isEmpty()) {
      throw new NoSuchElementException("the server has made no " + kind + " yet");
    }
    return all.getLast();
  }

  /** The address of PostgreSQL, the server's own database, then user and password in turn. */
  static List<String> credentials() {
    List<String> all = new ArrayList<>();
    all.add(address);
    all.add(database);
    PASSWORDS.forEach(
        (user, password) -> {
          all.add(user);
          all.add(new String(turned(password), UTF_8));
        });
    return all;
  }

  /** The bytes with every bit turned around, which is undone by doing it again. */
  static byte[] turned(byte[] bytes) {
    byte[] turned = bytes.clone();
    for (int at = 0; at < turned.length; at++) {
      turned[at] = (byte) ~turned[at];
    }
    return turned;
  }
}
