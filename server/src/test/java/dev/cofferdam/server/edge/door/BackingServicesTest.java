package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofferdam.planted.rooms.Rooms;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import dev.cofferdam.server.secrets.NodeKeys;
import dev.cofferdam.server.secrets.Yard;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.Installation;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.SharedPostgres;
import dev.cofferdam.server.testing.ShortHandshakes;
import dev.cofferdam.server.testing.SmallDisk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is answered while PostgreSQL is away, hangs, or takes no records: a documented code without
 * a cause. And nothing is restarted afterwards. The server is one and the same in all of it.
 */
class BackingServicesTest {
  private static final String ADA = "00000000-0000-7000-8000-00000000000a";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int MEGABYTES = 500;

  @TempDir(factory = InMemory.class)
  static Path folder;

  private static Optional<SmallDisk> disk;
  private static Path data;
  private static EmbeddedPostgres postgres;
  private static RootKey rootKey;
  private static ConfigurableApplicationContext server;
  private static TenantId tenant;
  private static Yard.Somebody node;

  @BeforeAll
  static void start() throws Exception {
    disk = SmallDisk.mount(folder, MEGABYTES);
    data = disk.map(SmallDisk::path).orElse(folder).resolve("data-directory");
    PreparedCluster.copyTo(data);
    postgres = startPostgres();
    new Installation(source("postgres"), "cofferdam").install(TestDatabase.passwords());
    ShortHandshakes.ofAll(source("postgres"), TestDatabase.passwords());
    rootKey = RootKey.open(folder.resolve("root.key"), RootKey.IfAbsent.CREATE);
    server =
        RunningServer.on(
            postgres.jdbcUrl("cofferdam"),
            rootKey,
            context -> {
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true));
              context.registerBean(Rooms.class);
            },
            "cofferdam.limits.overrides.change.principal=60000 per 1m burst 6000",
            "cofferdam.limits.overrides.change.tenant=120000 per 1m burst 12000",
            "cofferdam.audit.deadline=500ms",
            "cofferdam.database.connection-wait=500ms",
            "cofferdam.database.statement-timeout=1s",
            "cofferdam.database.lock-timeout=1s");
    tenant = new TenantId(UUID.randomUUID());
    server.getBean(Tenants.class).create(tenant, "acme", "Acme", WantedPlacement.SHARED);
    Yard yard =
        new Yard(
            JdbcClient.create(source("cofferdam")),
            path -> at("local.server.port", path),
            new Scope.OfTenant(tenant, new Placement.Shared()));
    node = yard.node(new NodeKeys());
    yard.grant(yard.project.value(), "node", node.id, "reader");
    for (String name : List.of("sealed", "unsealed")) {
      yard.person(Role.MEMBER, "writer").makes(name, new byte[] {1, 2, 3});
    }
    assertThat(node.reads("sealed").status()).isEqualTo(200);
  }

  /** Neither what was sealed before nor what would have to be: only that it is not possible now. */
  private static void assertNoSecret(String code) {
    for (String name : List.of("sealed", "unsealed")) {
      Yard.Answer answer = node.reads(name);
      assertThat(answer.status()).as(answer.body()).isEqualTo(503);
      assertThat(answer.text("code")).isEqualTo(code);
      assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @AfterAll
  static void end() throws IOException {
    try {
      server.close();
    } finally {
      postgres.close();
      rootKey.close();
      if (disk.isPresent()) {
        disk.get().close();
      }
    }
  }

  private static EmbeddedPostgres startPostgres() {
    return EmbeddedPostgres.start(
        PostgresSettings.in(data).withBinaries(SharedPostgres.binaries()), line -> {});
  }

  private static PGSimpleDataSource source(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(postgres.jdbcUrl(database));
    source.setUser(postgres.superuser().name());
    source.setPassword(postgres.superuser().password());
    return source;
  }

  private static HttpResponse<String> get(String role, String path) throws Exception {
    return HTTP.send(request(role, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String role, String path) {
    return at("local.server.port", path).header(Strangers.HEADER, role + " " + ADA + " " + tenant);
  }

  private static HttpRequest.Builder at(String port, String path) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty(port) + path))
        .timeout(PATIENCE);
  }

  private static HttpResponse<String> create(String key, String name) throws Exception {
    return HTTP.send(
        request("owner", "/v1/projects")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> probe(String port, String path) throws Exception {
    return HTTP.send(at(port, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> until(int status, Callable<HttpResponse<String>> request)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> answer = request.call();
    while (answer.statusCode() != status) {
      assertThat(System.nanoTime()).as(answer.body()).isLessThan(end);
      LockSupport.parkNanos(50_000_000);
      answer = request.call();
    }
    return answer;
  }

  /** The code, what to do, and nothing of what is the matter. */
  private static JsonNode assertProblem(HttpResponse<String> answer, String code) {
    JsonNode body = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(body.path("code").asString("")).as(answer.body()).isEqualTo(code);
    assertThat(body.path("next").asString("")).isNotEmpty();
    assertThat(answer.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
    assertThat(answer.body())
        .doesNotContain("Exception", "127.0.0.1", "onnection", "timeout", "postgres", "cofferdam_");
    return body;
  }

  private static void assertAway() throws Exception {
    assertProblem(until(503, () -> get("owner", "/v1/office")), "unavailable");
    assertNoSecret("unavailable");
    assertThat(probe("local.server.port", "/livez").statusCode()).isEqualTo(200);
    assertThat(until(503, () -> probe("local.server.port", "/readyz")).body())
        .isIn("{\"status\":\"DOWN\"}", "{\"status\":\"OUT_OF_SERVICE\"}");
    assertThat(probe("local.management.port", "/livez").statusCode()).isEqualTo(200);
    assertThat(until(503, () -> probe("local.management.port", "/readyz")).body())
        .contains("\"database\":{\"status\":\"DOWN\"}")
        .doesNotContain("Exception", "refused", "127.0.0.1", "jdbc");
  }

  private static void assertBack() throws Exception {
    until(200, () -> get("owner", "/v1/office"));
    until(200, () -> get("owner", "/v1/diary"));
    until(200, () -> probe("local.server.port", "/readyz"));
    assertThat(node.reads("sealed").status()).isEqualTo(200);
  }

  @Test
  void postgresIsStoppedAndStartedAgain() throws Exception {
    assertBack();
    int port = postgres.port();
    postgres.close();
    try {
      assertAway();
    } finally {
      postgres = startPostgres();
    }

    assertThat(postgres.port()).isEqualTo(port);
    assertBack();
  }

  @Test
  void postgresHangsAndGoesOn() throws Exception {
    assertBack();
    List<Long> processes = processes();
    signal("STOP", processes);
    long began = System.nanoTime();
    try {
      assertAway();
      // Five answers, each after as long as a connection is waited for, or a second.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(12));
    } finally {
      signal("CONT", processes);
    }
    assertBack();
  }

  private static List<Long> processes() throws Exception {
    long postmaster =
        Long.parseLong(
            Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).getFirst().strip());
    List<Long> all = new ArrayList<>(List.of(postmaster));
    try (var children = ProcessHandle.of(postmaster).orElseThrow().children()) {
      children.forEach(child -> all.add(child.pid()));
    }
    return all;
  }

  private static void signal(String signal, List<Long> processes) throws Exception {
    for (long process : processes) {
      new ProcessBuilder("kill", "-" + signal, "" + process).start().waitFor();
    }
  }

  /** As whoever may do everything, on the cluster. */
  private static void execute(String command) throws SQLException {
    try (Connection connection = source("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  /** Written, and never told: as when a copy that has to have it is gone. */
  @Test
  void whatCommitsAndIsNeverToldGivesNothing() throws Exception {
    assertBack();
    Path more = data.resolve("postgres/data/postgresql.auto.conf");
    String before = Files.readString(more);
    Files.writeString(more, before + "synchronous_standby_names = 'nobody'\n");
    execute("select pg_reload_conf()");
    try {
      until(503, () -> get("owner", "/v1/diary"));
      assertNoSecret("audit_unavailable");
      assertProblem(get("owner", "/v1/diary"), "audit_unavailable");
      assertThat(get("owner", "/v1/office").statusCode()).isEqualTo(200);
    } finally {
      Files.writeString(more, before);
      execute("select pg_reload_conf()");
    }
    assertBack();
  }

  @Test
  void theDiskIsFullAndThenThereIsRoom() throws Exception {
    assumeTrue(disk.isPresent(), "SKIPPED: a small disk cannot be mounted here");
    assertBack();
    disk.get().fill();
    try {
      Yard.Answer answer = node.reads("sealed");
      while (answer.status() == 200) {
        disk.get().fill();
        useUpTheLog();
        answer = node.reads("sealed");
      }
      for (String name : List.of("sealed", "unsealed")) {
        answer = node.reads(name);
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.text("code")).isIn("unavailable", "audit_unavailable");
        assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
      }
      assertThat(probe("local.server.port", "/livez").statusCode()).isEqualTo(200);
    } finally {
      disk.get().free();
    }
    assertBack();
  }

  private static void useUpTheLog() {
    try {
      execute("select pg_logical_emit_message(false, 'probe', ''), pg_switch_wal()");
    } catch (SQLException gone) {
      // That is what it is for.
    }
  }

  /** While it is held, no log can grow. */
  private static Connection holdLogs() throws SQLException {
    Connection connection = source("cofferdam").getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("lock table audit.head, audit.platform_head in access exclusive mode");
    }
    return connection;
  }

  @Test
  void whatCannotBeRecordedIsNotAnswered() throws Exception {
    assertBack();
    try (Connection held = holdLogs()) {
      assertProblem(get("owner", "/v1/diary"), "audit_unavailable");
      assertThat(get("owner", "/v1/diary").body()).doesNotContain(ADA);
      // A denial is not told either, and what leaves no record is answered.
      assertProblem(get("member", "/v1/vault"), "audit_unavailable");
      assertNoSecret("audit_unavailable");
      assertThat(get("owner", "/v1/office").statusCode()).isEqualTo(200);
      held.rollback();
    }
    assertThat(
            until(200, () -> get("owner", "/v1/diary")).headers().firstValue("Cofferdam-Receipt"))
        .isPresent();
    assertThat(until(403, () -> get("member", "/v1/vault")).body()).contains("\"forbidden\"");
  }

  @Test
  void aChangeStandsWhoseReceiptIsLate() throws Exception {
    assertBack();
    String record;
    try (Connection held = holdLogs()) {
      HttpResponse<String> late = create("late", "Late");
      record = assertProblem(late, "receipt_pending").path("record_id").asString("");
      assertThat(late.headers().firstValue("Cofferdam-Record-Id")).contains(record);
      assertThat(late.headers().firstValue("Cofferdam-Receipt")).isEmpty();
      assertThat(projects("Late")).isEqualTo(1);
      // Asked again, it is neither done again nor said to be done.
      assertThat(
              assertProblem(create("late", "Late"), "receipt_pending").path("record_id").asString())
          .isEqualTo(record);
      held.rollback();
    }
    HttpResponse<String> again = until(201, () -> create("late", "Late"));

    assertThat(again.headers().firstValue("Cofferdam-Record-Id")).contains(record);
    assertThat(again.headers().firstValue("Cofferdam-Receipt")).isPresent();
    assertThat(projects("Late")).isEqualTo(1);
    assertThat(create("other", "Late").statusCode()).isEqualTo(409);
  }

  @Test
  void aChangeStandsThatWasCommittedBeforePostgresWentAway() throws Exception {
    assertBack();
    CompletableFuture<HttpResponse<String>> answer;
    try (Connection held = holdLogs()) {
      answer =
          HTTP.sendAsync(
              request("owner", "/v1/projects")
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", "cut")
                  .POST(BodyPublishers.ofString("{\"name\":\"Cut\"}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (projects("Cut") == 0) {
        assertThat(System.nanoTime()).isLessThan(end);
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(held.isValid(1)).isTrue();
      connections(false);
    }
    try {
      assertThat(assertProblem(answer.get(), "receipt_pending").path("record_id").asString(""))
          .isNotEmpty();
    } finally {
      connections(true);
    }
    assertBack();
    assertThat(until(201, () -> create("cut", "Cut")).headers().firstValue("Cofferdam-Receipt"))
        .isPresent();
  }

  /** Lets nobody in, and sends away whoever is there; or lets them in again. */
  private static void connections(boolean allowed) {
    JdbcClient superuser = JdbcClient.create(source("postgres"));
    superuser.sql("alter database cofferdam allow_connections " + allowed).update();
    if (!allowed) {
      superuser
          .sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'cofferdam'")
          .query()
          .listOfRows();
    }
  }

  private static long projects(String name) {
    return JdbcClient.create(source("cofferdam"))
        .sql("select count(*) from authz.project where name = :name")
        .param("name", name)
        .query(Long.class)
        .single();
  }
}
