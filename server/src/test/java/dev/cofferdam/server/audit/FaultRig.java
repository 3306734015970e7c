package dev.cofferdam.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Frontier;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import dev.cofferdam.server.postgres.State;
import dev.cofferdam.server.tenancy.database.Installation;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.Cable;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.SharedPostgres;
import dev.cofferdam.server.testing.ShortHandshakes;
import dev.cofferdam.server.testing.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A writing server and one that stands by, their PostgreSQL on a small disk, a cable between them,
 * and what was answered.
 */
final class FaultRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MEGABYTES = 600;
  // So that there is room for what is written meanwhile.
  private static final int MEGABYTES_A_FAULT = 2;

  private final Optional<SmallDisk> disk;
  private final Path folder;
  private final Path data;
  private final EmbeddedPostgres postgres;
  private final Cable cable;
  private final List<String> tenants = new ArrayList<>();
  private final Map<String, NoteKey> keys = new ConcurrentHashMap<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, Set<String>> committed = new HashMap<>();
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private @Nullable Started server;
  private @Nullable Started standby;

  /** A server's process. */
  private record Started(Process process, CountDownLatch ready) {
    private void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    private boolean isReady() {
      return process.isAlive() && ready.getCount() == 0;
    }

    private void write() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }
  }

  private FaultRig(
      Path folder, Optional<SmallDisk> disk, Path data, EmbeddedPostgres postgres, Cable cable) {
    this.folder = folder;
    this.disk = disk;
    this.data = data;
    this.postgres = postgres;
    this.cable = cable;
  }

  /**
   * @param faults how many there will be
   */
  static FaultRig start(Path folder, int faults) throws Exception {
    Optional<SmallDisk> disk =
        SmallDisk.mount(folder, Math.max(MEGABYTES, MEGABYTES_A_FAULT * faults));
    if (disk.isEmpty()) {
      System.out.println("SKIPPED: a small disk cannot be mounted here, so none is filled");
    }
    Path data = disk.map(SmallDisk::path).orElse(folder).resolve("data-directory");
    PreparedCluster.copyTo(data);
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(data).withBinaries(SharedPostgres.binaries()), line -> {});
    FaultRig rig = new FaultRig(folder, disk, data, postgres, new Cable(postgres.port()));
    new Installation(rig.source("postgres"), "cofferdam").install(TestDatabase.passwords());
    ShortHandshakes.ofAll(rig.source("postgres"), TestDatabase.passwords());
    RootKey.open(rig.rootKey(), RootKey.IfAbsent.CREATE).close();
    for (int i = 0; i < 4; i++) {
      rig.tenants.add(UUID.randomUUID().toString());
    }
    rig.standby = rig.start();
    rig.takeOver();
    return rig;
  }

  private Path rootKey() {
    return folder.resolve("root.key");
  }

  private PGSimpleDataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(postgres.jdbcUrl(database));
    source.setUser(postgres.superuser().name());
    source.setPassword(postgres.superuser().password());
    return source;
  }

  private JdbcClient superuser() {
    return JdbcClient.create(source("cofferdam"));
  }

  Cable cable() {
    return cable;
  }

  /** The next commit takes place, and whoever asked for it is not told. */
  void cutAtCommit() throws InterruptedException {
    long before = cable.commitsCut();
    cable.cutAtCommit();
    until("a commit", () -> cable.commitsCut() > before);
  }

  /** The server that stood by writes from now on, and another one stands by. */
  private void takeOver() throws InterruptedException, IOException {
    write();
    standby = start();
  }

  private void write() throws InterruptedException, IOException {
    until("the server that stands by", this::isStandbyReady);
    Started next = Objects.requireNonNull(standby);
    next.write();
    server = next;
  }

  /** What befell the database may have befallen its start: then it is started again. */
  private boolean isStandbyReady() {
    if (!Objects.requireNonNull(standby).process().isAlive()) {
      standby = start();
    }
    return Objects.requireNonNull(standby).isReady();
  }

  private Started start() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                WritingServer.class.getName(),
                "jdbc:postgresql://127.0.0.1:" + cable.port() + "/cofferdam",
                rootKey().toString()));
    command.addAll(tenants);
    try {
      Started started =
          new Started(
              new ProcessBuilder(command)
                  .redirectError(Redirect.appendTo(folder.resolve("server.log").toFile()))
                  .start(),
              new CountDownLatch(1));
      Thread.ofPlatform().daemon().start(() -> listen(started));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen(Started started) {
    try (var lines = started.process().inputReader(US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("done ") || line.startsWith("committed ")) {
          answers.add(line);
          done.addAndGet(line.startsWith("done ") ? 1 : 0);
        } else if (line.startsWith("key ")) {
          String[] words = line.split(" ");
          keys.putIfAbsent(
              words[1],
              NoteKey.of(
                  "cofferdam/" + words[1],
                  NoteKey.Use.NOTE,
                  Ed25519.raw(Base64.getDecoder().decode(words[2]))));
        } else if (line.equals("ready")) {
          started.ready().countDown();
        } else {
          others.incrementAndGet();
        }
      }
    } catch (IOException killed) {
      // Half a line was no answer.
    }
  }

  private void until(String what, BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "in vain for " + what + ": `" + folder.resolve("server.log") + "`");
      }
      Thread.sleep(10);
    }
  }

  /** Waits until the server answers again. */
  void awaitAnswers() throws InterruptedException {
    long before = done.get();
    until("answers", () -> done.get() > before + 5);
  }

  /** How many answers with a proof there were so far. */
  long answered() {
    return done.get();
  }

  /** Each answer so far has exactly one leaf, and its proof verifies. */
  void assertAnswered() {
    Map<String, Map<String, Receipt>> proven = new HashMap<>();
    for (int left = answers.size(); left > 0; left--) {
      String[] words = Objects.requireNonNull(answers.poll()).split(" ");
      if (words.length == 4) {
        byte[] receipt = Base64.getDecoder().decode(words[3]);
        proven
            .computeIfAbsent(words[1], log -> new HashMap<>())
            .put(words[2], Receipt.parse(new String(receipt, UTF_8)));
      } else if (words.length == 3) {
        // Durable, and its leaf may still be on its way; none is lost in the end (assertWhole).
        committed.computeIfAbsent(words[1], log -> new HashSet<>()).add(words[2]);
      }
    }
    proven.forEach(this::assertProven);
  }

  private void assertProven(String log, Map<String, Receipt> receipts) {
    Map<String, Leaf> leaves = leaves(log, receipts.keySet());
    receipts.forEach(
        (record, receipt) -> {
          assertThat(leaves).as("of %s was answered", log).containsKey(record);
          Leaf leaf = Objects.requireNonNull(leaves.get(record));
          assertThat(receipt.index()).isEqualTo(leaf.index());
          assertThat(receipt.check(leaf.content(), "cofferdam/" + log, key(log), Ed25519::verify))
              .as("the receipt of %s", record)
              .isInstanceOf(Receipt.Check.Included.class);
        });
  }

  private record Leaf(String record, long index, byte[] content) {}

  /** The leaves of these records of a log; that none has two, the map itself would refuse. */
  private Map<String, Leaf> leaves(String log, Collection<String> records) {
    boolean platform = log.equals("platform");
    return superuser()
        .sql(
            "select record_id::text, leaf_index, record from "
                + (platform ? "audit.platform_leaf" : "audit.leaf")
                + " where record_id = any (:records::uuid[])"
                + (platform ? "" : " and tenant_id = '" + log.substring(7) + "'"))
        .param("records", records.toArray(String[]::new))
        .query((row, number) -> new Leaf(row.getString(1), row.getLong(2), row.getBytes(3)))
        .list()
        .stream()
        .collect(Collectors.toMap(Leaf::record, leaf -> leaf));
  }

  private NoteKey key(String log) {
    return Objects.requireNonNull(keys.get(log), log);
  }

  /** Once nothing waits any more: every log is whole, and what was committed stands in it. */
  void assertWhole() throws InterruptedException, IOException {
    killServers();
    standby = start();
    write();
    until(
        "the outbox",
        () ->
            superuser()
                    .sql("select count(*) from audit.outbox where record_id::text < uuidv7()::text")
                    .query(Long.class)
                    .single()
                < 200);
    assertAnswered();
    until(
        "what was committed",
        () -> {
          committed.forEach((log, records) -> records.removeAll(leaves(log, records).keySet()));
          return committed.values().stream().allMatch(Set::isEmpty);
        });
    killServers();
    JdbcClient superuser = superuser();
    for (String tenant : tenants) {
      assertWhole(superuser, tenant);
    }
  }

  private void killServers() throws InterruptedException {
    Objects.requireNonNull(server).kill();
    Objects.requireNonNull(standby).kill();
  }

  private void assertWhole(JdbcClient superuser, String tenant) {
    Frontier tree = new Frontier();
    superuser
        .sql("select record from audit.leaf where tenant_id = :tenant::uuid order by leaf_index")
        .param("tenant", tenant)
        .query((row, number) -> row.getBytes(1))
        .list()
        .forEach(record -> tree.append(Merkle.leaf(record), (node, hash) -> {}));
    Head head =
        superuser
            .sql(
                "select origin, size, frontier, signature from audit.head where tenant_id = :tenant::uuid")
            .param("tenant", tenant)
            .query(
                (row, number) ->
                    new Head(row.getString(1), row.getLong(2), row.getBytes(3), row.getBytes(4)))
            .single();
    assertThat(tree.size()).isEqualTo(head.size());
    assertThat(tree.root()).isEqualTo(head.checkpoint().root());
    assertThat(key("tenant/" + tenant).check(head.note(), Ed25519::verify))
        .isInstanceOf(NoteKey.Check.Signed.class);
  }

  /** To the postmaster's children that write and sync, and to the sessions of the committer. */
  void signalWriters(String signal) throws IOException, InterruptedException {
    List<Long> pids = new ArrayList<>();
    try (var children = ProcessHandle.of(postmaster()).orElseThrow().children()) {
      for (ProcessHandle child : children.toList()) {
        String title = title(child.pid());
        if (title.contains("walwriter") || title.contains("cofferdam_ops")) {
          pids.add(child.pid());
        }
      }
    }
    for (long pid : pids) {
      new ProcessBuilder("kill", "-" + signal, "" + pid).start().waitFor();
    }
  }

  /** What a process calls itself; nothing, when it ended meanwhile, as workers of PostgreSQL do. */
  private static String title(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    } catch (IOException ended) {
      return "";
    }
  }

  private long postmaster() throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"));
    if (lines.isEmpty()) {
      throw new IOException("a postmaster has made its file and not written it yet");
    }
    return Long.parseLong(lines.getFirst().strip());
  }

  void terminateSessions() {
    superuser()
        .sql(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'cofferdam%'")
        .query()
        .listOfRows();
  }

  void killPostgres() throws Exception {
    long killed = postmaster();
    ProcessHandle.of(killed).orElseThrow().destroyForcibly();
    until("PostgreSQL", () -> isBack(killed));
  }

  private boolean isBack(long killed) {
    try {
      return postmaster() != killed && postgres.state() instanceof State.Running;
    } catch (IOException notYet) {
      return false;
    }
  }

  void killServer() throws Exception {
    until("the server that stands by", this::isStandbyReady);
    Objects.requireNonNull(server).kill();
    takeOver();
  }

  /** Nothing is answered while there is no room. */
  boolean fillTheDisk() throws Exception {
    if (disk.isEmpty()) {
      return false;
    }
    SmallDisk small = disk.orElseThrow();
    long refused = others.get();
    until(
        "a refusal",
        () -> {
          small.fill();
          useUpTheLog();
          return others.get() > refused;
        });
    small.free();
    until("PostgreSQL", () -> postgres.state() instanceof State.Running);
    return true;
  }

  private void useUpTheLog() {
    try (Connection connection = source("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      for (int file = 0; file < 10; file++) {
        statement.execute("select pg_logical_emit_message(false, 'probe', ''), pg_switch_wal()");
      }
    } catch (SQLException full) {
      // That is what it is for.
    }
  }

  void removeTheLeaves() throws Exception {
    superuser().sql("checkpoint").update();
    String name =
        superuser().sql("select pg_relation_filepath('audit.leaf')").query(String.class).single();
    Path file = data.resolve("postgres/data").resolve(name);
    Path away = file.resolveSibling(file.getFileName() + ".away");
    Files.move(file, away);
    // What is open stays open: only a new postmaster finds it gone.
    long before = done.get();
    long refused = others.get();
    terminateSessions();
    until("a refusal", () -> others.get() > refused || done.get() > before + 200);
    Files.move(away, file);
    terminateSessions();
  }

  @Override
  public void close() throws IOException {
    for (Started started : new @Nullable Started[] {server, standby}) {
      if (started != null) {
        started.process().destroyForcibly();
      }
    }
    cable.close();
    postgres.close();
    if (disk.isPresent()) {
      disk.orElseThrow().close();
    }
  }
}
