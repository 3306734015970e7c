package dev.cofferdam.review.agent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What the server does with its logs: appends, signs, exports, mirrors and checks them. */
public final class AuditCommands {
  private static final String AUDIT = "dev.cofferdam.server.audit.";

  /** As many as stand before the server refuses to wait longer, also on a busy machine. */
  private static final int AT_ONCE = 100;

  private final Pools pools;

  AuditCommands(Pools pools) {
    this.pools = pools;
  }

  /** Called by woven code: records what was counted until now. */
  public static void closeWindow(Object refusals) {
    Reflected.call(refusals, "closeWindow");
  }

  static List<@Nullable String> closeWindow() {
    closeWindow(Captured.newest(Seams.REFUSALS));
    return new ArrayList<>();
  }

  /** What those who follow the logs remember of a database that does not stand in any more. */
  static void forget() {
    for (Object follower : Captured.all(Seams.FOLLOWERS)) {
      ((Map<?, ?>) Reflected.field(follower, "reached")).clear();
    }
    for (Object mirroring : Captured.all(Seams.MIRRORING)) {
      ((Map<?, ?>) Reflected.field(mirroring, "troubled")).clear();
      ((Map<?, ?>) Reflected.field(mirroring, "behindSince")).clear();
    }
    for (Object watch : Captured.all(Seams.MIRROR_WATCH)) {
      ((Map<?, ?>) Reflected.field(watch, "failing")).clear();
      ((Set<?>) Reflected.field(watch, "troubled")).clear();
      Reflected.call(watch, "seen");
    }
  }

  /** A log; answers with its signed checkpoint, and its public keys, the newest first. */
  List<@Nullable String> head(List<String> words) {
    Object head = Reflected.call(committed(words.getFirst()), "head");
    List<@Nullable String> answer = new ArrayList<>();
    answer.add(Reflected.call(head, "note").toString());
    Object keys =
        Reflected.call(
            Captured.newest(Seams.PUBLISHED),
            "of",
            log(words.getFirst()),
            Reflected.call(head, "origin"));
    ((List<?>) keys).forEach(key -> answer.add(key.toString()));
    return answer;
  }

  /**
   * A log, a number, and how many long details each has; appends as many records, and answers with
   * how many of them stand.
   */
  List<@Nullable String> append(List<String> words) throws Exception {
    Object log = log(words.getFirst());
    int records = Integer.parseInt(words.get(1));
    int details = Integer.parseInt(words.get(2));
    int standing = 0;
    for (int from = 0; from < records; from += AT_ONCE) {
      standing += appended(log, from, Math.min(from + AT_ONCE, records), details);
    }
    return one(Integer.toString(standing));
  }

  /** How many of the records from one number to before another stand, appended at once. */
  private int appended(Object log, int from, int to, int details) throws Exception {
    List<Future<Object>> appended = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = from; number < to; number++) {
        Object entry = wide(log, number, details);
        appended.add(
            threads.submit(
                () -> Reflected.call(Captured.newest(Seams.APPENDING), "append", entry)));
      }
    }
    int standing = 0;
    for (Future<Object> one : appended) {
      standing += one.get().getClass().getSimpleName().equals("Receipted") ? 1 : 0;
    }
    return standing;
  }

  private static Object wide(Object log, int number, int details) {
    Object entry = Reflected.call(done(log), "on", "secret", "secret-" + number % 7);
    for (int n = 0; n < details; n++) {
      entry = Reflected.call(entry, "with", "detail_" + (char) ('a' + n), "x".repeat(1000));
    }
    return entry;
  }

  private static Object done(Object log) {
    Object actor = Reflected.make(Reflected.type(AUDIT + "Actor$OfNode"), UUID.randomUUID());
    return Reflected.callStatic(Reflected.type(AUDIT + "Entry"), "done", log, actor, "secret.read");
  }

  /** A log and a folder that is not there; exports as `cofferdam audit export --format tiles`. */
  List<@Nullable String> export(List<String> words) throws Exception {
    Object committed = committed(words.getFirst());
    Object store =
        Reflected.make(Reflected.type(AUDIT + "mirror.MirrorDirectory"), Path.of(words.get(1)));
    Object app =
        Reflected.callStatic(
            Reflected.type("org.springframework.jdbc.core.simple.JdbcClient"),
            "create",
            pools.of("cofferdam_app"));
    Object mirror = Reflected.make(Reflected.type(AUDIT + "mirror.LogMirror"), store, app);
    Object whole =
        Reflected.make(
            committed.getClass(),
            Reflected.call(committed, "log"),
            Reflected.call(committed, "head"),
            0L);
    return one(Reflected.call(mirror, "advance", whole).toString());
  }

  /**
   * Mirrors what has grown, makes it searchable, and checks every log, as the server does again and
   * again; answers with what it found.
   */
  List<@Nullable String> round() {
    forget();
    for (Object follower : Captured.all(Seams.FOLLOWERS)) {
      Reflected.call(follower, "round");
    }
    List<@Nullable String> findings = new ArrayList<>();
    ((List<?>) Reflected.call(Captured.newest(Seams.SELF_CHECK), "round"))
        .forEach(finding -> findings.add(finding.toString()));
    return findings;
  }

  /** The scope of a tenant and a text; answers with the signature of its log's key, in hex. */
  List<@Nullable String> sign(List<String> words) throws Exception {
    byte[] text = words.get(1).getBytes(StandardCharsets.UTF_8);
    byte[] signature =
        ServerScopes.in(
            ServerScopes.of(words.getFirst()),
            () -> {
              Object ring = KeyCommands.ring(words.getFirst(), "CHECKPOINT", "");
              try (AutoCloseable key =
                  (AutoCloseable) Reflected.call(Captured.newest(Seams.KEYS), "active", ring)) {
                return (byte[]) Reflected.call(key, "sign", text);
              }
            });
    return one(HexFormat.of().formatHex(signature));
  }

  /**
   * The scope of a tenant, a person and a name; records something of that person, and answers with
   * the record's id.
   */
  List<@Nullable String> personal(List<String> words) throws Exception {
    Object log = log("tenant/" + words.getFirst().split(" ", 2)[1]);
    Object about =
        Reflected.make(
            Reflected.type(AUDIT + "PersonalData"),
            UUID.fromString(words.get(1)),
            Map.of("name", words.get(2)));
    Object entry = Reflected.call(done(log), "with", about);
    Object appended =
        ServerScopes.in(
            ServerScopes.of(words.getFirst()),
            () -> Reflected.call(Captured.newest(Seams.APPENDING), "append", entry));
    return one(Reflected.call(appended, "id").toString());
  }

  /** The scope of a tenant and a record's id; answers with what is known of the person. */
  List<@Nullable String> personalOf(List<String> words) throws Exception {
    Object id =
        Reflected.make(
            Reflected.type("dev.cofferdam.server.surface.RecordId"), UUID.fromString(words.get(1)));
    Object found =
        ServerScopes.in(
            ServerScopes.of(words.getFirst()),
            () -> Reflected.call(Captured.newest(Seams.PERSONAL), "find", id));
    String kind = found.getClass().getSimpleName();
    return one(
        kind.equals("Known")
            ? Reflected.call(Reflected.call(found, "data"), "fields").toString()
            : kind);
  }

  private static Object committed(String name) {
    Object head = Reflected.call(Captured.newest(Seams.LOGS), "head", log(name));
    return ((Optional<?>) head)
        .<Object>map(committed -> committed)
        .orElseThrow(() -> new IllegalStateException("the log `" + name + "` has no records"));
  }

  private static Object log(String name) {
    Object log = Reflected.callStatic(Reflected.type(AUDIT + "LogId"), "ofName", name);
    return ((Optional<?>) log)
        .<Object>map(found -> found)
        .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is no log"));
  }

  private static List<@Nullable String> one(String text) {
    List<@Nullable String> answer = new ArrayList<>();
    answer.add(text);
    return answer;
  }
}
