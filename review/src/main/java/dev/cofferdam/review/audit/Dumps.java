package dev.cofferdam.review.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Held;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.wire.Cell;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * AUD-06: whoever gets hold of a dump of the server's heap, or of its log files, after people have
 * used it. A secret is looked for as it is and in Base64; its second half suffices.
 */
public final class Dumps {
  /**
   * The role of requests. Its name stands in every heap of the server: the search must be able to
   * find something.
   */
  private static final String PRESENT = "cofferdam_app";

  private static final String ROOT_KEY_HEADER = "cofferdam-root-key-1 ";
  private static final int LONG_SECONDS = 60;

  private Dumps() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "AUD-06.heap-tokens",
            "searches a heap dump for cookie, form token and sign-in code of somebody who was there",
            target -> inHeap(target, Held.bySomebody(target.web(), target.victim().id()))),
        attack(
            "AUD-06.heap-keys",
            "searches a heap dump for the root key, keys of a tenant and the application role's password",
            target -> inHeap(target, keys(target))),
        attack("AUD-06.log-files", "searches the log for all of these", Dumps::inLog));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(id, does, Mode.NOISY, Set.of(Identity.HOST), assault, Dumps::works);
  }

  /** Keys are used, and then known as whoever has the root key and the database can know them. */
  private static Map<String, byte[]> keys(Target target) throws IOException {
    String scope = target.victim().scope();
    target
        .server()
        .seal(scope, new Cell("notes.vault.value_sealed", UUID.randomUUID(), 1), "a secret");
    target.server().auditAppend(Evidence.log(target.victim()), 1);
    Map<String, byte[]> secrets = new LinkedHashMap<>();
    // Those of the other roles do lie there: the driver keeps what it connects with.
    secrets.put(
        "the password of " + PRESENT,
        Objects.requireNonNull(target.passwords().get(PRESENT)).getBytes(UTF_8));
    String root =
        Files.readString(target.around().data().resolve("root.key"))
            .strip()
            .substring(ROOT_KEY_HEADER.length());
    secrets.put("the root key", Base64.getUrlDecoder().decode(root));
    for (String purpose : List.of("COLUMN", "CHECKPOINT")) {
      secrets.put("the key " + purpose, target.server().key(scope, purpose));
    }
    return secrets;
  }

  private static Verdict inHeap(Target target, Map<String, byte[]> secrets)
      throws IOException, InterruptedException {
    Path dump = target.around().scratch().resolve("heap-" + UUID.randomUUID() + ".hprof");
    dump(target, dump);
    String heap = new String(Files.readAllBytes(dump), ISO_8859_1);
    Files.delete(dump);
    if (!heap.contains(PRESENT)) {
      return new Verdict.Inconclusive("not even `" + PRESENT + "` is in the dump");
    }
    return verdict(
        found(heap, secrets), secrets, "a heap dump of %,d bytes".formatted(heap.length()));
  }

  /** Of what is reachable, as an operator takes it who looks for a leak. */
  private static void dump(Target target, Path file) throws IOException, InterruptedException {
    String process = Files.readString(target.around().data().resolve("lock")).strip();
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                process,
                "GC.heap_dump",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!jcmd.waitFor(LONG_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
      jcmd.destroyForcibly();
      throw new IllegalStateException("no heap dump can be taken of process " + process);
    }
  }

  private static Verdict inLog(Target target) throws IOException {
    Map<String, byte[]> secrets =
        new LinkedHashMap<>(Held.bySomebody(target.web(), target.victim().id()));
    secrets.putAll(keys(target));
    String log =
        new String(
            Files.readAllBytes(target.around().data().resolve("logs/cofferdam.log")), ISO_8859_1);
    return verdict(found(log, secrets), secrets, "a log of %,d characters".formatted(log.length()));
  }

  private static List<String> found(String haystack, Map<String, byte[]> secrets) {
    List<String> found = new ArrayList<>();
    secrets.forEach(
        (name, secret) -> {
          String half = new String(secret, secret.length / 2, secret.length / 2, ISO_8859_1);
          String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
          if (haystack.contains(half)
              || haystack.contains(encoded.substring(0, encoded.length() / 2))) {
            found.add(name);
          }
        });
    return found;
  }

  private static Verdict verdict(List<String> found, Map<String, byte[]> secrets, String where) {
    return found.isEmpty()
        ? new Verdict.Refused("none of " + secrets.keySet() + " is in " + where)
        : new Verdict.Succeeded(where + " holds " + String.join(", ", found));
  }

  private static String works(Target target) {
    Reply reply = target.web().as(target.victim().id(), Part.OWNER).get("/v1/tenant");
    if (!reply.isDone()) {
      throw new IllegalStateException("people are not answered any more: " + reply);
    }
    return "people are answered";
  }
}
