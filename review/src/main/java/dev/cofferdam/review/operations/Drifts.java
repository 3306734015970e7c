package dev.cofferdam.review.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * OPS-02: a server that is no more what somebody has signed off. What it was then is told by a
 * sign-off whose digests are others in one part: to the server that is the same as if that part had
 * been exchanged since. Somebody is told when an operator who looks is shown it, and the metric
 * says so that the alert stands on.
 */
public final class Drifts {
  private static final String REVIEWER = "reviewer";
  private static final String OTHER = "0".repeat(64);

  private Drifts() {}

  public static List<Attack> all() {
    return List.of(
        attack("OPS-02.code", "exchanges an archive after the sign-off", Set.of("code")),
        attack(
            "OPS-02.configuration", "sets a setting after the sign-off", Set.of("configuration")),
        attack(
            "OPS-02.policies",
            "exchanges a policy, which lies in an archive, after the sign-off",
            Set.of("policies", "code")),
        attack(
            "OPS-02.register",
            "learns of a threat, and builds anew with it, after the sign-off",
            Set.of("register", "code")),
        new Attack(
            "OPS-02.forged",
            "writes a sign-off that what runs would agree with, in the reviewer's name",
            Mode.NOISY,
            Set.of(Identity.OPERATOR),
            Drifts::forged,
            Drifts::whatIsSignedOffIsCurrent));
  }

  private static Attack attack(String id, String does, Set<String> drifted) {
    return new Attack(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.OPERATOR),
        target -> drifted(target, drifted),
        Drifts::whatIsSignedOffIsCurrent);
  }

  private static Verdict drifted(Target target, Set<String> parts) throws Exception {
    Map<String, String> signed = running(target);
    parts.forEach(part -> signed.put(part, OTHER));
    Key key = new Key();
    compare(target, key.signed(text(signed)), key.published());
    return told(target);
  }

  private static Verdict forged(Target target) throws Exception {
    compare(target, new Key().signed(text(running(target))), new Key().published());
    return told(target);
  }

  /** Whether somebody is told. */
  private static Verdict told(Target target) throws IOException {
    JsonNode standing = standing(target);
    String state = standing.path("state").asString("");
    double alarm = alarm(target);
    String found =
        "the server says `%s` of %s, and the metric %.0f"
            .formatted(state, standing.path("drifted"), alarm);
    return state.equals("current") && alarm == 0
        ? new Verdict.Succeeded(found)
        : state.equals("current") || alarm == 0
            ? new Verdict.Inconclusive(found)
            : new Verdict.Refused(found);
  }

  /** The probe: of a server that is as it was signed off nobody says anything else. */
  private static String whatIsSignedOffIsCurrent(Target target) throws Exception {
    Key key = new Key();
    compare(target, key.signed(text(running(target))), key.published());
    String state = standing(target).path("state").asString("");
    if (!state.equals("current") || alarm(target) != 0) {
      throw new IllegalStateException("what was signed off is `" + state + "`");
    }
    return "what is as it was signed off is current";
  }

  private static JsonNode standing(Target target) {
    Reply reply = target.web().freshOperator().get("/v1/operator/standing");
    if (!reply.isDone()) {
      throw new IllegalStateException("no operator is told: " + reply.readable());
    }
    return reply.json();
  }

  /** Digests by part, as the server says them. */
  private static Map<String, String> running(Target target) {
    JsonNode standing = standing(target);
    Map<String, String> digests = new LinkedHashMap<>();
    for (String part : List.of("code", "configuration", "policies", "register")) {
      digests.put(part, standing.path(part).path("digest").asString(""));
    }
    return digests;
  }

  private static double alarm(Target target) throws IOException {
    try (Line line = Line.open(target.around().management())) {
      String host = target.around().management().authority();
      return line.ask(Ask.get("/metrics").with("Host", host))
          .text()
          .lines()
          .filter(one -> one.startsWith("cofferdam_sign_off_drifted{"))
          .mapToDouble(one -> Double.parseDouble(one.substring(one.lastIndexOf(' ') + 1)))
          .max()
          .orElseThrow(() -> new IllegalStateException("there is no metric of drift"));
    }
  }

  private static String text(Map<String, String> digests) {
    StringBuilder text = new StringBuilder("cofferdam-sign-off-4\n");
    text.append(OTHER).append("\ntarget https://residents.example\nverdict incomplete\nuntil -\n");
    digests.forEach((part, digest) -> text.append(part).append(' ').append(digest).append('\n'));
    return text.toString();
  }

  private static void compare(Target target, Note note, NoteKey reviewer) throws IOException {
    Path file =
        Files.writeString(target.around().scratch().resolve("sign-off.note"), note.toString());
    target.server().signOff(file, reviewer.toString());
  }

  /** A reviewer's key that is there for one attack. */
  private static final class Key {
    private final KeyPair pair =
        CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();

    NoteKey published() {
      return NoteKey.of(REVIEWER, NoteKey.Use.NOTE, Ed25519.raw(pair.getPublic().getEncoded()));
    }

    Note signed(String text) {
      return new Note(text, List.of(published().sign(text, this::sign)));
    }

    private byte[] sign(byte[] message) {
      try {
        Signature signature = CryptoProvider.best().signature(KeyAlgorithm.ED25519);
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(
            "an Ed25519 key does not sign " + new String(message, UTF_8), e);
      }
    }
  }
}
