package dev.cofferdam.review.render;

import dev.cofferdam.review.seal.Sealed;
import dev.cofferdam.review.signoff.AcceptanceRow;
import dev.cofferdam.review.signoff.Canonical;
import dev.cofferdam.review.signoff.Finding;
import dev.cofferdam.review.signoff.SignOff;
import dev.cofferdam.review.signoff.ThreatRow;
import dev.cofferdam.review.signoff.TrialRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * {@code sign-off.oscal.json}: assessment results of NIST's OSCAL 1.1.3, for tools of auditors.
 * Each threat of the register is an objective with one finding, which is satisfied by nothing but
 * what was held; each trial is an observation; each finding of the review a risk.
 */
final class Oscal {
  private static final String VERSION = "1.1.3";

  /** The namespace of URLs (RFC 9562, 6.6). */
  private static final UUID NAMESPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

  private final SignOff signOff;
  private final String digest;

  private Oscal(Sealed sealed) {
    signOff = sealed.signOff();
    digest = sealed.digest();
  }

  static String of(Sealed sealed) {
    return Canonical.pretty(Canonical.tree(new Oscal(sealed).results()));
  }

  private Map<String, Object> results() {
    Map<String, Object> metadata =
        members(
            "title",
            "Sign-off of " + signOff.run().target(),
            "last-modified",
            ended().toString(),
            "version",
            digest,
            "oscal-version",
            VERSION);
    Map<String, Object> plan =
        members(
            "uuid", uuid("plan"),
            "title", "Threat model",
            "description",
                "The register of threats that was attacked by, with SHA-256 %s over its files."
                    .formatted(signOff.subject().register().digest()));
    return members(
        "assessment-results",
        members(
            "uuid", uuid("results"),
            "metadata", metadata,
            "import-ap", members("href", "#" + uuid("plan")),
            "results", List.of(result()),
            "back-matter", members("resources", List.of(plan))));
  }

  private Instant began() {
    return Instant.parse(signOff.run().at());
  }

  private Instant ended() {
    return began().plusMillis(signOff.run().millis());
  }

  private Map<String, Object> result() {
    Map<String, Object> result =
        members(
            "uuid", uuid("result"),
            "title", "Review of " + signOff.run().target(),
            "description",
                "Verdict: %s. The sign-off has the digest %s."
                    .formatted(signOff.run().verdict().word(), digest),
            "start", began().toString(),
            "end", ended().toString(),
            "reviewed-controls",
                members(
                    "control-selections", List.of(members("include-all", Map.of())),
                    "control-objective-selections", List.of(objectives())));
    // OSCAL has lists of one or more, or none at all.
    put(result, "observations", signOff.trials().stream().map(this::observation).toList());
    put(result, "risks", signOff.findings().stream().map(this::risk).toList());
    put(result, "findings", signOff.threats().stream().map(this::finding).toList());
    return result;
  }

  private Map<String, Object> objectives() {
    return members(
        "include-objectives",
        signOff.threats().stream().map(threat -> members("objective-id", threat.id())).toList());
  }

  private Map<String, Object> observation(TrialRow trial) {
    List<Object> evidence = new ArrayList<>();
    trial
        .steps()
        .forEach(
            step ->
                evidence.add(
                    members(
                        "description",
                        "%s: %s, %s".formatted(step.state(), step.verdict(), step.evidence()))));
    Map<String, Object> observation =
        members(
            "uuid",
            uuid(trial.name()),
            "title",
            trial.attack(),
            "description",
            trial.does() + ". Layers: " + String.join(", ", trial.layers()),
            "methods",
            List.of("TEST"));
    put(observation, "relevant-evidence", evidence);
    observation.put("collected", ended().toString());
    return observation;
  }

  private Map<String, Object> risk(Finding finding) {
    Map<String, Object> risk =
        members(
            "uuid", uuid(finding.id()),
            "title", finding.id(),
            "description", finding.what(),
            "statement",
                "Severity %s, owner %s.".formatted(finding.severity().word(), finding.owner()),
            "status", finding.isOpen() ? "open" : "deviation-approved");
    signOff.acceptances().stream()
        .filter(one -> !finding.isOpen() && one.subject().equals(finding.id()))
        .findFirst()
        .ifPresent(one -> risk.put("remarks", accepted(one)));
    return risk;
  }

  private static String accepted(AcceptanceRow one) {
    return "%s. Accepted by %s until %s.".formatted(one.reason(), one.owner(), one.expires());
  }

  private Map<String, Object> finding(ThreatRow threat) {
    String reasons = Words.reasons(threat);
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("state", isSatisfied(threat) ? "satisfied" : "not-satisfied");
    status.put("reason", reason(threat));
    status.put("remarks", threat.shown().told() + (reasons.isEmpty() ? "" : ": " + reasons));
    Map<String, Object> finding =
        members(
            "uuid", uuid("finding/" + threat.id()),
            "title", threat.id(),
            "description", "%s. It must meet: %s.".formatted(threat.threat(), threat.control()),
            "target", members("type", "objective-id", "target-id", threat.id(), "status", status));
    put(
        finding,
        "related-observations",
        signOff.trialsOf(threat.id()).stream()
            .map(trial -> members("observation-uuid", uuid(trial.name())))
            .toList());
    put(
        finding,
        "related-risks",
        signOff.findings().stream()
            .filter(one -> one.threat().equals(threat.id()))
            .map(one -> members("risk-uuid", uuid(one.id())))
            .toList());
    return finding;
  }

  private static boolean isSatisfied(ThreatRow threat) {
    return switch (threat.shown()) {
      case HELD -> true;
      case HELD_IN_PART, REFUSED, FINDING, ACCEPTED, NOT_RUN, DEFERRED, NOT_APPLICABLE -> false;
    };
  }

  /** A word of OSCAL's: it was seen, it was seen to be otherwise, or neither. */
  private static String reason(ThreatRow threat) {
    return switch (threat.shown()) {
      case HELD -> "pass";
      case FINDING, ACCEPTED -> "fail";
      case HELD_IN_PART, REFUSED, NOT_RUN, DEFERRED, NOT_APPLICABLE -> "other";
    };
  }

  /** Always the same of the same sign-off (RFC 9562, version 5). */
  private String uuid(String of) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(Long.BYTES * 2)
              .putLong(NAMESPACE.getMostSignificantBits())
              .putLong(NAMESPACE.getLeastSignificantBits())
              .flip());
      sha1.update(
          "urn:cofferdam:sign-off:%s:%s".formatted(digest, of).getBytes(StandardCharsets.UTF_8));
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest());
      long high = hash.getLong() & 0xffff_ffff_ffff_0fffL | 0x5000L;
      long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
      return new UUID(high, low).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private static void put(Map<String, Object> into, String name, List<?> all) {
    if (!all.isEmpty()) {
      into.put(name, all);
    }
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
