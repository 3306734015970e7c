package dev.cofferdam.review.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which layers are out, how far the clock is moved, and which database stands in for the server's
 * own. Read by woven code on any thread; all methods are thread-safe.
 */
public final class Switches {
  private static final Set<String> OUT = ConcurrentHashMap.newKeySet();
  private static volatile Duration clockMove = Duration.ZERO;
  private static volatile @Nullable Instant clockStop;
  private static volatile String database = "";
  private static volatile String mirror = "";

  private Switches() {}

  /** Whether the layer of this name is taken out. */
  public static boolean out(String layer) {
    return OUT.contains(layer);
  }

  /** How far the server's clock is ahead of the real one; negative when behind. */
  public static Duration clockMove() {
    return clockMove;
  }

  /** When the server's clock was stopped; null while it goes. */
  public static @Nullable Instant clockStop() {
    return clockStop;
  }

  static void stopClock(@Nullable Instant at) {
    clockStop = at;
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

  static void moveClock(Duration by) {
    clockMove = by;
  }

  /** Of which database the mirror is that stands in; empty when it is the server's own. */
  public static String mirror() {
    return mirror;
  }

  /** A database stands in for the server's own, with its mirror. */
  static void standIn(String name) {
    database = name;
    mirror = name;
  }

  /** A database stands in, and the mirror stays that of the one before. */
  static void restore(String name) {
    database = name;
  }
}
