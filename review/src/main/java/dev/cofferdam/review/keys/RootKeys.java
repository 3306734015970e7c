package dev.cofferdam.review.keys;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.ChannelRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** KEY-04: root keys that nobody should start with. */
public final class RootKeys {
  private static final String HEADER = "cofferdam-root-key-1 ";

  private RootKeys() {}

  public static List<Attack> all() {
    return List.of(
        operator(
            "KEY-04.weak",
            "starts with a root key that is empty, short, a default or a word",
            RootKeys::weak),
        operator(
            "KEY-04.shared",
            "starts with a root key that others can read or replace",
            RootKeys::shared));
  }

  private static Attack operator(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.SAFE, Set.of(Identity.OPERATOR), assault, RootKeys::startsWithAStrongOne);
  }

  private static Verdict weak(Target target) throws IOException, NoSuchAlgorithmException {
    byte[] ascending = new byte[32];
    for (int i = 0; i < ascending.length; i++) {
      ascending[i] = (byte) i;
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("empty", "");
    texts.put("only the header", HEADER);
    texts.put("short", HEADER + encoded(new byte[16]));
    texts.put("a bare password", "changeme");
    texts.put("zeros", HEADER + encoded(new byte[32]));
    texts.put("ascending", HEADER + encoded(ascending));
    texts.put(
        "text",
        HEADER + encoded("correct horse battery staple 123".getBytes(StandardCharsets.US_ASCII)));
    texts.put(
        "the hash of a word",
        HEADER
            + encoded(
                MessageDigest.getInstance("SHA-256")
                    .digest("changeit".getBytes(StandardCharsets.US_ASCII))));
    List<String> refusals = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Verdict verdict = started(target, text.getKey(), text.getValue(), "rw-------", "rwx------");
      if (verdict instanceof Verdict.Succeeded) {
        return verdict;
      }
      refusals.add(text.getKey());
    }
    return new Verdict.Refused("refused, each naming the file and the setting: " + refusals);
  }

  private static Verdict shared(Target target) throws IOException {
    String strong = HEADER + strong();
    List<Verdict> verdicts =
        List.of(
            started(target, "readable by a group", strong, "rw-r-----", "rwx------"),
            started(target, "readable by all", strong, "rw-r--r--", "rwx------"),
            started(target, "writable by all", strong, "rw--w--w-", "rwx------"),
            started(target, "in a folder that all may write to", strong, "rw-------", "rwxrwxrwx"));
    return verdicts.stream()
        .filter(Verdict.Succeeded.class::isInstance)
        .findFirst()
        .orElse(new Verdict.Refused("refused: " + verdicts.getFirst().evidence()));
  }

  private static Verdict started(
      Target target, String what, String text, String mode, String folderMode) throws IOException {
    Path folder = Files.createTempDirectory("review-root-key-");
    Path file = folder.resolve("root.key");
    try {
      Files.writeString(file, text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(folderMode));
      target.server().rootKey(file);
      return new Verdict.Succeeded("a root key is taken that is " + what);
    } catch (ChannelRefusedException refused) {
      String told = refused.readable();
      return told.contains(file.toString()) || told.contains(folder.toString())
          ? new Verdict.Refused(told)
          : new Verdict.Inconclusive("refused without naming the file: " + told);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static String startsWithAStrongOne(Target target) throws IOException {
    Verdict verdict = started(target, "strong", HEADER + strong() + "\n", "rw-------", "rwx------");
    if (!(verdict instanceof Verdict.Succeeded)) {
      throw new IllegalStateException("no root key is taken at all: " + verdict.evidence());
    }
    return "a strong root key of one's own is taken";
  }

  private static String strong() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return encoded(key);
  }

  private static String encoded(byte[] key) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
  }
}
