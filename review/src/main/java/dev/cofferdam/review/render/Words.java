package dev.cofferdam.review.render;

import dev.cofferdam.review.signoff.Conclusion;
import dev.cofferdam.review.signoff.Deployed;
import dev.cofferdam.review.signoff.Replayed;
import dev.cofferdam.review.signoff.Shown;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.ThreatRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the pages say in the same words. */
final class Words {
  /** The order in which one wants to know. */
  static final List<Shown> ORDER =
      List.of(
          Shown.FINDING,
          Shown.ACCEPTED,
          Shown.HELD,
          Shown.HELD_IN_PART,
          Shown.REFUSED,
          Shown.NOT_RUN,
          Shown.DEFERRED,
          Shown.NOT_APPLICABLE);

  /** What each way of being shown means, for whoever has not read the method. */
  static final Map<Shown, String> MEANING =
      Map.of(
          Shown.FINDING, "something is wrong, and nobody answers for it",
          Shown.ACCEPTED, "something is wrong, and somebody answers for it until a day",
          Shown.HELD,
              "every half that applies was attacked, every attack was refused, every mutant seen",
          Shown.HELD_IN_PART, "what was attacked held; another half still waits",
          Shown.REFUSED,
              "what was attacked was refused, and nobody has shown that the attacks can succeed",
          Shown.NOT_RUN, "could have been attacked, and was not in this run",
          Shown.DEFERRED, "no attack is built yet: nothing is claimed",
          Shown.NOT_APPLICABLE, "there is nothing here to attack");

  static final List<String> METHOD =
      List.of(
          "Likelihood is that of the attacker who needs least: 3 whoever can send a request or sign up, 2 whoever has another hole already"
              + " (an injection, the application's password), 1 whoever looks after the host, the database or the platform.",
          "Impact is that of the family: 3 where another tenant's data, keys or evidence are lost, 2 where one tenant or the service"
              + " suffers, 1 where it costs money or time.",
          "Their product is the inherent risk: 9 critical, 6 high, 3 and 4 medium, 1 and 2 low.",
          "What held is a step less, and another for each layer that was seen to hold by itself, in the attack that met fewest; no less than"
              + " low. What held only in part, is accepted or has a finding is not less. What was not attacked is not rated.",
          "A finding weighs as much as its threat; a layer that does not hold by itself one step less; what could not be found out as"
              + " much as if it were so.");

  private Words() {}

  static String verdict(Conclusion verdict) {
    return switch (verdict) {
      case GOOD -> "Good";
      case ACCEPTED -> "Accepted";
      case INCOMPLETE -> "Incomplete";
      case FINDINGS -> "Findings";
    };
  }

  static String sentence(SignOff signOff) {
    long open = signOff.findings().stream().filter(finding -> finding.isOpen()).count();
    return switch (signOff.run().verdict()) {
      case GOOD ->
          "Every attack was refused, and every one was seen to succeed with its control taken out.";
      case ACCEPTED -> "Somebody answers for everything that was found, until a day.";
      case INCOMPLETE -> "Only a part was played: what follows says nothing of the rest.";
      case FINDINGS ->
          open == 1 ? "There is one finding." : "There are %d findings.".formatted(open);
    };
  }

  /** The title of the page, which says what came of it. */
  static String title(SignOff signOff) {
    return "Sign-off of %s: %s"
        .formatted(day(signOff), verdict(signOff.run().verdict()).toLowerCase(Locale.ROOT));
  }

  static String day(SignOff signOff) {
    return signOff.run().at().substring(0, 10);
  }

  /** At what time of a day, to the minute. */
  static String moment(SignOff signOff) {
    return signOff.run().at().replace('T', ' ').replaceAll(":\\d\\dZ$", " UTC");
  }

  static String seconds(long millis) {
    return millis < 10_000
        ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0)
        : millis / 1000 + " s";
  }

  /** Why it waits or does not apply, half by half. */
  static String reasons(ThreatRow threat) {
    return Stream.concat(
            told(threat.deferred(), " waits: "), told(threat.notApplicable(), " does not apply: "))
        .collect(Collectors.joining("; "));
  }

  private static Stream<String> told(Map<String, String> reasons, String how) {
    return reasons.entrySet().stream().map(reason -> reason.getKey() + how + reason.getValue());
  }

  static String identity(String word) {
    return word.replace('_', ' ');
  }

  static String laboratories(SignOff signOff) {
    if (isDeployment(signOff)) {
      return Words.plural(signOff.deployed().requests(), "request")
          + ", of which "
          + signOff.deployed().tooMany()
          + " met a limit and were made again";
    }
    int count = signOff.run().laboratories();
    return count == 1 ? "one laboratory" : count + " laboratories at the same time";
  }

  /** Whether it is of a server that somebody else runs. */
  static boolean isDeployment(SignOff signOff) {
    return !signOff.deployed().marker().isEmpty();
  }

  /** What of it was played. */
  static String played(SignOff signOff) {
    return isDeployment(signOff)
        ? plural(signOff.trials().size(), "attack")
            + ", and "
            + signOff.deployed().notPlayed().size()
            + " not"
        : plural(signOff.trials().size(), "mutant") + ", " + signOff.steps() + " playings";
  }

  /** Of a deployment, in a line each: what to know of the run itself. */
  static List<String> there(SignOff signOff) {
    Deployed told = signOff.deployed();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Every request carries Cofferdam-Review: " + told.marker() + ".",
                "What code and policies it runs is the word of the " + told.subject() + ".",
                "Mutants: " + told.seen() + "."));
    lines.add(
        told.left().isEmpty()
            ? "What was made is taken away again."
            : "Left behind: " + String.join("; ", told.left()) + ".");
    return lines;
  }

  /** Whether a server that goes on was attacked beside the laboratories. */
  static boolean isReplayed(SignOff signOff) {
    return !signOff.replayed().marker().isEmpty();
  }

  /** How many attacks were played where. */
  static String places(SignOff signOff) {
    Replayed replayed = signOff.replayed();
    return "%d in laboratories and against the server, %d in laboratories alone, %d against the server alone"
        .formatted(
            replayed.count(Replayed.Where.BOTH),
            replayed.count(Replayed.Where.LABORATORY),
            replayed.count(Replayed.Where.SERVER));
  }

  /** Of a server that goes on, in a line each: what to know of what was played there. */
  static List<String> replayed(SignOff signOff) {
    Replayed told = signOff.replayed();
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Attacks: " + places(signOff) + ".",
                "%s, each carrying Cofferdam-Review: %s, in tenants of the review's own, whose short names begin so."
                    .formatted(plural(told.requests(), "request"), told.marker()),
                "Nothing is taken out there: every mutant is of the laboratories."));
    if (!told.settings().isEmpty()) {
      lines.add("Meanwhile it had settings other than the shipped ones: " + settings(told) + ".");
    }
    lines.add(
        told.left().isEmpty()
            ? "The tenants are to be deleted, at the end of their notice."
            : "Left behind: " + String.join("; ", told.left()) + ".");
    return lines;
  }

  /** By name, but for the limits: there is one for each of what people do, and all are wide. */
  private static String settings(Replayed told) {
    List<String> shown = new ArrayList<>(told.settings().keySet());
    shown.removeIf(name -> name.startsWith("COFFERDAM_LIMITS_"));
    int limits = told.settings().size() - shown.size();
    if (limits > 0) {
      shown.add(plural(limits, "limit") + ", which the JSON names");
    }
    return String.join(", ", shown);
  }

  static String plural(long count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }
}
