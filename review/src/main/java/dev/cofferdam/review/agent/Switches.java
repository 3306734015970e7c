package dev.cofferdam.review.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which layers are out, how far the clock is moved, and which database stands in for the server's
 * own. Read by woven code on any thread; all methods are thread-safe.
 */
public final class Switches {
  private static final Set<String> OUT = ConcurrentHashMap.newKeySet();
  private static volatile Duration clockMove = Duration.ZERO;
  private static volatile @Nullable Instant stopped;
  private static volatile Map<String, String> tokensSay = Map.of();
  private static volatile String database = "";
  private static volatile String mirror = "";
  private static final AtomicBoolean NEW_DATABASE = new AtomicBoolean();

  private Switches() {}

  /** Whether the layer of this name is taken out. */
  public static boolean out(String layer) {
    return OUT.contains(layer);
  }

  /** The database that connections are made to, or {@code asked} when none stands in for it. */
  public static String database(String asked) {
    String standIn = database;
    return standIn.isEmpty() ? asked : standIn;
  }

  /** Takes out exactly these layers. */
  public static void take(Set<String> layers) {
    OUT.retainAll(layers);
    OUT.addAll(layers);
  }

  /** What the server's clock says. */
  public static Instant now(Instant real) {
    Instant still = stopped;
    return still == null ? real.plus(clockMove) : still;
  }

  static void moveClock(Duration by) {
    stopped = null;
    clockMove = by;
  }

  /** The server's clock stands until it is moved. */
  static void stopClock(Instant at) {
    stopped = at;
  }

  /** What the development IdP says in its tokens; by name, and nothing where it says nothing. */
  public static Map<String, String> tokensSay() {
    return tokensSay;
  }

  static void dictate(Map<String, String> claims) {
    tokensSay = Map.copyOf(claims);
  }

  /** Of which database the mirror is that stands in; empty when it is the server's own. */
  public static String mirror() {
    return mirror;
  }

  /** A database stands in for the server's own, with its mirror. */
  static void standIn(String name) {
    database = name;
    mirror = name;
    NEW_DATABASE.set(true);
  }

  /**
   * Asked by woven code before the committer believes what it knows of logs: whether another
   * database stands in since it asked. Left to find out for itself, as it does where one is
   * restored, it thinks that another server wrote there, and is careful for a second, which is as
   * long as most attacks take.
   */
  public static boolean isNewDatabase() {
    return NEW_DATABASE.getAndSet(false);
  }

  /** A database stands in, and the mirror stays that of the one before. */
  static void restore(String name) {
    database = name;
  }
}
