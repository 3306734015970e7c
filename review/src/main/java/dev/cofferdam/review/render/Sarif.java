package dev.cofferdam.review.render;

import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.AcceptanceRow;
import dev.cofferdam.review.signoff.Canonical;
import dev.cofferdam.review.signoff.Finding;
import dev.cofferdam.review.signoff.Level;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.ThreatRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code sign-off.sarif}: SARIF 2.1.0 for tools that gather results. Threats are rules; a finding
 * is a result that fails, and each threat without one a result that passes, is open, or does not
 * apply, so that nothing is missing that was not played.
 */
final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

  private final SignOff signOff;

  private Sarif(SignOff signOff) {
    this.signOff = signOff;
  }

  static String of(Sealed sealed) {
    return Canonical.pretty(Canonical.tree(new Sarif(sealed.signOff()).log(sealed)));
  }

  private Map<String, Object> log(Sealed sealed) {
    Map<String, Object> driver =
        members(
            "name",
            "cofferdam review",
            "rules",
            signOff.threats().stream().map(Sarif::rule).toList());
    Instant began = Instant.parse(signOff.run().at());
    Map<String, Object> invocation =
        members(
            "startTimeUtc", began.toString(),
            "endTimeUtc", began.plusSeconds(signOff.run().millis() / 1000).toString(),
            "executionSuccessful", true);
    List<Object> results = new ArrayList<>();
    signOff.findings().forEach(finding -> results.add(result(finding)));
    signOff.threats().stream()
        .filter(threat -> signOff.findings().stream().noneMatch(of(threat)))
        .forEach(threat -> results.add(result(threat)));
    Map<String, Object> run =
        members(
            "tool", members("driver", driver),
            "invocations", List.of(invocation),
            "artifacts", artifacts(),
            "results", results,
            "properties",
                members(
                    "verdict", signOff.run().verdict().word(),
                    "signOff", sealed.digest()));
    return members("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run));
  }

  private static Predicate<Finding> of(ThreatRow threat) {
    return finding -> finding.threat().equals(threat.id());
  }

  private static Map<String, Object> rule(ThreatRow threat) {
    return members(
        "id", threat.id(),
        "shortDescription", members("text", threat.threat()),
        "fullDescription", members("text", "It must meet: " + threat.control()),
        "properties", members("tags", tags(threat)));
  }

  private static List<String> tags(ThreatRow threat) {
    List<String> tags = new ArrayList<>(List.of("security"));
    tags.addAll(threat.references());
    return tags.stream().distinct().toList();
  }

  private Map<String, Object> result(Finding finding) {
    Map<String, Object> result =
        members(
            "kind", "fail",
            "level", level(finding.severity()),
            "message", members("text", finding.id() + ": " + finding.what()),
            "partialFingerprints", members("cofferdamFinding/v1", finding.id()));
    signOff
        .threat(finding.threat())
        .ifPresent(
            threat -> {
              result.put("ruleId", threat.id());
              result.put("locations", List.of(location(threat)));
            });
    result.putIfAbsent("ruleId", finding.kind().word());
    if (!finding.isOpen()) {
      String why =
          signOff.acceptances().stream()
              .filter(one -> one.subject().equals(finding.id()))
              .map(AcceptanceRow::reason)
              .findFirst()
              .orElse("");
      result.put(
          "suppressions",
          List.of(
              members(
                  "kind", "external",
                  "status", "accepted",
                  "justification",
                      "%s, by %s until %s".formatted(why, finding.owner(), finding.until()))));
    }
    return result;
  }

  private static Map<String, Object> result(ThreatRow threat) {
    String kind =
        switch (threat.shown()) {
          case HELD -> "pass";
          case HELD_IN_PART, REFUSED, NOT_RUN, DEFERRED, ACCEPTED, FINDING -> "open";
          case NOT_APPLICABLE -> "notApplicable";
        };
    String reasons = Words.reasons(threat);
    return members(
        "ruleId", threat.id(),
        "kind", kind,
        "level", "none",
        "message",
            members("text", threat.shown().told() + (reasons.isEmpty() ? "" : ": " + reasons)),
        "locations", List.of(location(threat)));
  }

  /** Where the threat is to be met: a module, and its first class where one is named. */
  private static Map<String, Object> location(ThreatRow threat) {
    List<Object> places = new ArrayList<>();
    places.add(members("fullyQualifiedName", threat.seam().getFirst(), "kind", "module"));
    threat
        .seam()
        .subList(1, threat.seam().size())
        .forEach(name -> places.add(members("fullyQualifiedName", name, "kind", "type")));
    return members("logicalLocations", places);
  }

  private static String level(Level severity) {
    return switch (severity) {
      case CRITICAL, HIGH, UNRATED -> "error";
      case MEDIUM -> "warning";
      case LOW, NONE -> "note";
    };
  }

  private List<Object> artifacts() {
    List<Object> artifacts = new ArrayList<>();
    signOff
        .subject()
        .code()
        .items()
        .forEach(
            (name, hash) ->
                artifacts.add(
                    members(
                        "location", members("uri", name),
                        "hashes", members("sha-256", hash))));
    return artifacts;
  }

  /** Names and values in turn. */
  private static Map<String, Object> members(Object... all) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int at = 0; at < all.length; at += 2) {
      members.put((String) all[at], all[at + 1]);
    }
    return members;
  }
}
