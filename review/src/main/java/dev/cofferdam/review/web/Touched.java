package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Which routes were asked for by whom, and which problems were met. Safe for many threads. */
public final class Touched {
  private final Map<String, Map<Who, Integer>> routes = new TreeMap<>();
  private final Map<String, Integer> codes = new TreeMap<>();

  /** Counts an answer. */
  synchronized void count(Routes all, Who who, Ask ask, Reply reply) {
    all.at(ask.method(), ask.target())
        .ifPresent(
            route ->
                routes
                    .computeIfAbsent(route.name(), _ -> new EnumMap<>(Who.class))
                    .merge(shown(who, ask), 1, Integer::sum));
    String code = reply.code();
    if (!code.isEmpty()) {
      codes.merge(code, 1, Integer::sum);
    }
  }

  /** Whoever shows a token is a program, and whoever shows nothing is nobody. */
  private static Who shown(Who who, Ask ask) {
    if (Who.MISPLACED.contains(who) || Who.PROGRAMS.contains(who)) {
      return who;
    }
    if (ask.has("Authorization")) {
      return who == Who.FORGER ? Who.FORGER : Who.TOKEN;
    }
    if (!ask.has("Cookie")) {
      return Who.NOBODY;
    }
    return who == Who.NOBODY ? Who.NEWCOMER : who;
  }

  /** All of {@code parts} together. */
  public static Touched together(Collection<Touched> parts) {
    Touched all = new Touched();
    for (Touched part : parts) {
      synchronized (part) {
        part.routes.forEach(
            (route, by) ->
                by.forEach(
                    (who, count) ->
                        all.routes
                            .computeIfAbsent(route, _ -> new EnumMap<>(Who.class))
                            .merge(who, count, Integer::sum)));
        part.codes.forEach((code, count) -> all.codes.merge(code, count, Integer::sum));
      }
    }
    return all;
  }

  /** Whether anybody asked for the route. */
  public synchronized boolean has(Route route) {
    return routes.containsKey(route.name());
  }

  /** How often the route was asked for, by whom. */
  public synchronized Map<Who, Integer> by(Route route) {
    return Map.copyOf(routes.getOrDefault(route.name(), Map.of()));
  }

  /** How often each problem was met. */
  public synchronized Map<String, Integer> codes() {
    return Map.copyOf(codes);
  }
}
