package dev.cofferdam.review.render;

import dev.cofferdam.review.signoff.Point;
import dev.cofferdam.review.signoff.Reached;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.ThreatRow;
import dev.cofferdam.review.signoff.TrialRow;
import dev.cofferdam.review.web.Who;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Pictures, where looking beats reading. Each has a title and says in words what it shows; every
 * mark differs from others by its form too, and has its own words for whoever points at it.
 */
final class Plots {
  private static final int MOST_RUNS = 40;
  private static final int SLOWEST = 15;

  private Plots() {}

  private static Markup begin(String id, int width, int height, String title, String says) {
    return new Markup()
        .open(
            "svg",
            "viewBox",
            "0 0 " + width + " " + height,
            "width",
            Integer.toString(width),
            "height",
            Integer.toString(height),
            "role",
            "img",
            "aria-labelledby",
            id + "-t " + id + "-d")
        .element("title", title, "id", id + "-t")
        .element("desc", says, "id", id + "-d")
        .line();
  }

  private static void rect(
      Markup svg, double x, double y, double width, double height, String kind, String told) {
    svg.open(
            "rect", "x", at(x), "y", at(y), "width", at(width), "height", at(height), "class", kind)
        .element("title", told)
        .close("rect");
  }

  private static void words(Markup svg, double x, double y, String kind, String text) {
    svg.element("text", text, "x", at(x), "y", at(y), "class", kind).line();
  }

  private static String at(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }

  /** Threats by how they came out, in one bar. */
  static String shown(SignOff signOff) {
    int width = 640;
    Markup svg = begin("shown", width, 34, "Threats by how they came out", counts(signOff));
    double x = 0;
    double each = (double) width / Math.max(1, signOff.threats().size());
    for (Shown how : Words.ORDER) {
      long count = signOff.shown(how);
      if (count > 0) {
        rect(svg, x, 0, count * each - 1, 34, "s-" + how.word(), how.told() + ": " + count);
        if (count * each > 22) {
          words(svg, x + 6, 22, "on s-on-" + how.word(), Long.toString(count));
        }
        x += count * each;
      }
    }
    return svg.close("svg").toString();
  }

  static String counts(SignOff signOff) {
    List<String> counts = new ArrayList<>();
    for (Shown how : Words.ORDER) {
      if (signOff.shown(how) > 0) {
        counts.add(signOff.shown(how) + " " + how.told());
      }
    }
    return String.join(", ", counts);
  }

  /** Which threat was attacked by whom. */
  static String coverage(SignOff signOff) {
    List<ThreatRow> rows =
        signOff.threats().stream().filter(threat -> !threat.attackers().isEmpty()).toList();
    List<String> identities =
        new ArrayList<>(
            new TreeSet<>(rows.stream().flatMap(row -> row.attackers().stream()).toList()));
    identities.sort(
        Comparator.comparingLong(
                (String who) -> rows.stream().filter(row -> row.attackers().contains(who)).count())
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    int left = 62;
    int top = 132;
    int cell = 20;
    int high = 14;
    Markup svg =
        begin(
            "coverage",
            left + identities.size() * cell + 60,
            top + rows.size() * high + 8,
            "Attacks by threat and by what the attacker holds",
            "%d threats against %d kinds of attacker; the table of threats names the attackers of each."
                .formatted(rows.size(), identities.size()));
    for (int column = 0; column < identities.size(); column++) {
      double x = left + column * cell + 12;
      svg.element(
              "text",
              Words.identity(identities.get(column)),
              "transform",
              "translate(" + at(x) + " " + (top - 6) + ") rotate(-55)",
              "class",
              "small")
          .line();
    }
    for (int row = 0; row < rows.size(); row++) {
      ThreatRow threat = rows.get(row);
      double y = top + row * high;
      words(svg, 0, y + 10, "small", threat.id());
      for (int column = 0; column < identities.size(); column++) {
        String who = identities.get(column);
        long attacks =
            signOff.trialsOf(threat.id()).stream()
                .filter(trial -> trial.attackers().contains(who))
                .map(TrialRow::attack)
                .distinct()
                .count();
        cell(svg, left + column * cell, y, threat, who, attacks);
      }
    }
    return svg.close("svg").toString();
  }

  private static void cell(
      Markup svg, double x, double y, ThreatRow threat, String who, long attacks) {
    if (!threat.attackers().contains(who)) {
      rect(svg, x + 8, y + 5, 3, 3, "none", threat.id() + ": not by " + Words.identity(who));
      return;
    }
    Shown shown = attacks == 0 ? Shown.NOT_RUN : threat.shown();
    String told =
        "%s by %s: %s, %s"
            .formatted(
                threat.id(), Words.identity(who), shown.told(), Words.plural(attacks, "attack"));
    rect(svg, x + 1, y + 1, 17, 11, "s-" + shown.word(), told);
    if (attacks > 1) {
      words(svg, x + 6, y + 10, "tiny s-on-" + shown.word(), Long.toString(attacks));
    }
  }

  /** Which route was asked for by whom. */
  static String routes(Reached reached) {
    List<String> who =
        Arrays.stream(Who.values())
            .map(Who::word)
            .filter(word -> reached.routes().stream().anyMatch(row -> row.by().containsKey(word)))
            .toList();
    int left = 380;
    int top = 82;
    int cell = 20;
    int high = 13;
    Markup svg =
        begin(
            "routes",
            left + who.size() * cell + 60,
            top + reached.routes().size() * high + 8,
            "Routes by who asked for them",
            "%d routes, asked for by %d kinds of caller, the server being as it ships."
                .formatted(reached.routes().size(), who.size()));
    for (int column = 0; column < who.size(); column++) {
      svg.element(
              "text",
              who.get(column),
              "transform",
              "translate(" + at(left + column * cell + 12) + " " + (top - 6) + ") rotate(-55)",
              "class",
              "small")
          .line();
    }
    double y = top;
    for (Reached.RouteRow row : reached.routes()) {
      words(svg, 0, y + 10, "small", row.route());
      for (int column = 0; column < who.size(); column++) {
        int count = row.by().getOrDefault(who.get(column), 0);
        String told = row.route() + " by " + who.get(column) + ": " + count;
        double x = left + column * cell;
        if (count > 0) {
          rect(svg, x + 1, y + 1, 17, 10, "m-refused", told);
        } else {
          rect(svg, x + 8, y + 5, 3, 3, "none", told);
        }
      }
      y += high;
    }
    return svg.close("svg").toString();
  }

  /** Every playing of every attack: what was refused, and what was seen to succeed. */
  static String mutants(SignOff signOff) {
    Map<String, List<TrialRow>> byThreat = new LinkedHashMap<>();
    signOff
        .trials()
        .forEach(
            trial -> byThreat.computeIfAbsent(trial.threat(), _ -> new ArrayList<>()).add(trial));
    int left = 62;
    int mark = 9;
    int gap = 8;
    int high = 14;
    int widest = 0;
    for (List<TrialRow> trials : byThreat.values()) {
      int steps = trials.stream().mapToInt(trial -> trial.steps().size()).sum();
      widest = Math.max(widest, steps * mark + trials.size() * gap);
    }
    Markup svg =
        begin(
            "mutants",
            left + widest,
            byThreat.size() * high + 4,
            "Every playing of every attack",
            "%d attacks with their mutants, %d playings: %d ended as they should. The evidence below lists each."
                .formatted(
                    signOff.trials().size(),
                    signOff.steps(),
                    signOff.trials().stream()
                        .flatMap(trial -> trial.steps().stream())
                        .filter(TrialRow.StepRow::asItShould)
                        .count()));
    int row = 0;
    for (Map.Entry<String, List<TrialRow>> threat : byThreat.entrySet()) {
      double y = row++ * high;
      words(svg, 0, y + 11, "small", threat.getKey());
      double x = left;
      for (TrialRow trial : threat.getValue()) {
        for (TrialRow.StepRow step : trial.steps()) {
          mark(svg, x, y + 3, trial, step);
          x += mark;
        }
        x += gap;
      }
    }
    return svg.close("svg").toString();
  }

  private static void mark(Markup svg, double x, double y, TrialRow trial, TrialRow.StepRow step) {
    String told = trial.attack() + " " + step.state() + ": " + step.verdict();
    if (!step.asItShould()) {
      svg.open(
              "path",
              "d",
              "M%s %s l7 7 m0 -7 l-7 7".formatted(at(x), at(y + 1)),
              "class",
              "m-wrong")
          .element("title", told + ", which it should not")
          .close("path");
    } else if (step.verdict().equals("succeeded")) {
      svg.open("circle", "cx", at(x + 3.5), "cy", at(y + 4.5), "r", "2.8", "class", "m-succeeded")
          .element("title", told + ", as it should")
          .close("circle");
    } else {
      rect(svg, x, y + 1, 7, 7, "m-refused", told);
    }
  }

  /** Where the time went: by family, and the slowest attacks. */
  static String time(SignOff signOff) {
    Map<String, Long> families = new LinkedHashMap<>();
    Map<String, Long> attacks = new LinkedHashMap<>();
    for (TrialRow trial : signOff.trials()) {
      families.merge(trial.threat().substring(0, 3), trial.millis(), Long::sum);
      attacks.merge(trial.attack(), trial.millis(), Long::sum);
    }
    List<Map.Entry<String, Long>> bars = new ArrayList<>(longest(families, families.size()));
    int ofFamilies = bars.size();
    bars.addAll(longest(attacks, SLOWEST));
    int left = 190;
    int wide = 380;
    int high = 17;
    long sum = families.values().stream().mapToLong(Long::longValue).sum();
    Markup svg =
        begin(
            "time",
            left + wide + 70,
            bars.size() * high + 58,
            "Where the time went",
            "Time of all playings by family, then of the %d slowest attacks; %s in all, in %s."
                .formatted(
                    bars.size() - ofFamilies, Words.seconds(sum), Words.laboratories(signOff)));
    double y = 14;
    words(svg, 0, y, "small", "by family");
    y += 6;
    for (int n = 0; n < bars.size(); n++) {
      if (n == ofFamilies) {
        y += 22;
        words(svg, 0, y, "small", "the slowest attacks");
        y += 6;
      }
      Map.Entry<String, Long> bar = bars.get(n);
      long longest = bars.get(n < ofFamilies ? 0 : ofFamilies).getValue();
      double width = Math.max(1, (double) wide * bar.getValue() / Math.max(1, longest));
      words(svg, 0, y + 12, "small", bar.getKey());
      rect(svg, left, y + 2, width, 12, "bar", bar.getKey() + ": " + Words.seconds(bar.getValue()));
      words(svg, left + width + 5, y + 12, "small", Words.seconds(bar.getValue()));
      y += high;
    }
    return svg.close("svg").toString();
  }

  private static List<Map.Entry<String, Long>> longest(Map<String, Long> all, int most) {
    return all.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(most)
        .toList();
  }

  /** How threats came out in the whole runs so far, this one included. */
  static String history(List<Point> points) {
    List<Point> last = points.subList(Math.max(0, points.size() - MOST_RUNS), points.size());
    int high = 130;
    int each = 22;
    int most = 1;
    for (Point point : last) {
      most = Math.max(most, point.shown().values().stream().mapToInt(Integer::intValue).sum());
    }
    Markup svg =
        begin(
            "history",
            Math.max(200, last.size() * each + 4),
            high + 20,
            "Threats over the last runs",
            "The last %s, the oldest first; the last one: %s."
                .formatted(Words.plural(last.size(), "whole run"), counts(last.getLast())));
    double x = 0;
    for (Point point : last) {
      double y = high;
      for (Shown how : Words.ORDER) {
        double height = (double) high * point.of(how) / most;
        if (height > 0) {
          y -= height;
          rect(
              svg,
              x,
              y,
              each - 4,
              height - 0.5,
              "s-" + how.word(),
              point.at() + ", " + how.told() + ": " + point.of(how));
        }
      }
      words(svg, x, high + 14, "tiny", point.at().substring(8, 10));
      x += each;
    }
    return svg.close("svg").toString();
  }

  private static String counts(Point point) {
    List<String> counts = new ArrayList<>();
    for (Shown how : Words.ORDER) {
      if (point.of(how) > 0) {
        counts.add(point.of(how) + " " + how.told());
      }
    }
    return String.join(", ", counts);
  }
}
