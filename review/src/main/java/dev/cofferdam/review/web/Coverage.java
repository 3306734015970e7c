package dev.cofferdam.review.web;

import dev.cofferdam.review.register.RouteProbes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a whole run reached: every route by everybody who has to be told no there, and by somebody
 * who may; and every problem that the server's document names.
 *
 * @param routes in the order of the document
 * @param codes by name
 * @param missing what no attack touched, in a line each
 */
public record Coverage(List<RouteTouched> routes, List<CodeMet> codes, List<String> missing) {
  public Coverage {
    routes = List.copyOf(routes);
    codes = List.copyOf(codes);
    missing = List.copyOf(missing);
  }

  /**
   * A route.
   *
   * @param by how often, by whom
   */
  public record RouteTouched(Route route, Map<Who, Integer> by) {}

  /**
   * A problem.
   *
   * @param count how often it was met
   * @param reason why no attack can meet it; empty when one did
   */
  public record CodeMet(String code, int count, String reason) {}

  /** Of a run that was not of everything, or that reached nothing. */
  public static Coverage none() {
    return new Coverage(List.of(), List.of(), List.of());
  }

  /** What {@code touched} covers of the server. */
  public static Coverage of(Routes all, RouteProbes probes, Touched touched) {
    List<RouteTouched> routes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Set<String> named = new TreeSet<>();
    Entitlements entitlements = new Entitlements(probes);
    for (Route route : all.all()) {
      Map<Who, Integer> by = touched.by(route);
      routes.add(new RouteTouched(route, by));
      named.addAll(route.codes());
      if (by.isEmpty()) {
        missing.add(route + ": no attack asks for it");
      } else if (!probes.elsewhere().containsKey(route.name())) {
        Set<Who> absent = needed(route, entitlements);
        absent.removeAll(by.keySet());
        absent.forEach(who -> missing.add(route + ": never asked for by " + who.word()));
      }
    }
    return new Coverage(routes, codes(named, probes, touched, missing), missing);
  }

  private static List<CodeMet> codes(
      Set<String> named, RouteProbes probes, Touched touched, List<String> missing) {
    List<CodeMet> codes = new ArrayList<>();
    for (String code : named) {
      int count = touched.codes().getOrDefault(code, 0);
      String reason = probes.unmet().getOrDefault(code, "");
      codes.add(new CodeMet(code, count, count > 0 ? "" : reason));
      if (count == 0 && reason.isEmpty()) {
        missing.add("the problem `" + code + "`: no attack meets it");
      }
    }
    Set<String> unknown = new HashSet<>(probes.unmet().keySet());
    unknown.removeAll(named);
    unknown.forEach(code -> missing.add("there is no problem `" + code + "` any more"));
    return codes;
  }

  /** Who has to be told no there, and who may. */
  private static Set<Who> needed(Route route, Entitlements entitlements) {
    Set<Who> needed = known(route);
    if (!needed.isEmpty()) {
      needed.addAll(Who.MISPLACED);
      Stream.concat(Entitlements.PEOPLE.stream(), Who.PROGRAMS.stream())
          .filter(who -> !entitlements.denials(route, who).isEmpty())
          .forEach(needed::add);
    }
    return needed;
  }

  private static Set<Who> known(Route route) {
    return switch (route.access()) {
      case "anyone" -> EnumSet.noneOf(Who.class);
      case "operator" ->
          EnumSet.of(Who.NOBODY, Who.FORGER, Who.STRANGER, Who.FOREIGNER, Who.OPERATOR);
      case "tenant", "node" ->
          EnumSet.of(Who.NOBODY, Who.FORGER, Who.STRANGER, Who.FORMER, Who.FOREIGNER);
      default -> EnumSet.of(Who.NOBODY, Who.FORGER);
    };
  }
}
