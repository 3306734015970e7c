package dev.cofferdam.server.rotation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import dev.cofferdam.server.secrets.NodeKeys;
import dev.cofferdam.server.secrets.Yard;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.Installation;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.InMemory;
import dev.cofferdam.server.testing.PreparedCluster;
import dev.cofferdam.server.testing.SharedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Two servers on one database, under load. One begins a rotation and is killed in the midst of it;
 * the other goes on with it (KEY-02).
 */
final class RotationUnderLoadIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int SECRETS = 400;
  private static final int NODES = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN = Duration.ofMillis(15);

  @TempDir(factory = InMemory.class)
  Path folder;

  private final AtomicBoolean killed = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong answered = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();

  @Test
  void aRotationOutlivesTheServerThatBeganItAndNoRequestFailsForIt() throws Exception {
    Path data = folder.resolve("data-directory");
    PreparedCluster.copyTo(data);
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            PostgresSettings.in(data).withBinaries(SharedPostgres.binaries()), line -> {})) {
      new Installation(source(postgres, "postgres"), "cofferdam").install(TestDatabase.passwords());
      RootKey.open(rootKey(), RootKey.IfAbsent.CREATE).close();
      String url = postgres.jdbcUrl("cofferdam");
      try (ConfigurableApplicationContext here = RotatingServer.start(url, rootKey());
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        rotate(here, source(postgres, "cofferdam"), url, threads);
      }
    }
  }

  private void rotate(
      ConfigurableApplicationContext here,
      PGSimpleDataSource source,
      String url,
      ExecutorService threads)
      throws Exception {
    Scope.OfTenant tenant = tenant(here);
    Yard yard =
        new Yard(
            JdbcClient.create(source), path -> request(RotatingServer.port(here), path), tenant);
    makeSecrets(yard, threads);
    Process process = start(url);
    // What is looked at over and over would take PostgreSQL a process for each look.
    try (Connection connection = source.getConnection()) {
      JdbcClient superuser = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      String said = process.inputReader(US_ASCII).readLine();
      assertThat(said).as("the server that is to be killed").startsWith("ready ");
      int there = Integer.parseInt(said.substring("ready ".length()));
      List<Future<?>> load = new ArrayList<>();
      for (int n = 0; n < NODES; n++) {
        load.add(threads.submit(reading(tenant, yard, RotatingServer.port(here), () -> false)));
        load.add(threads.submit(reading(tenant, yard, there, killed::get)));
      }
      load.add(threads.submit(() -> write(yard)));
      until("requests to be answered", () -> answered.get() > 100);

      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      until("the rotation to be half way", () -> left(superuser) > 0 && moved(superuser) > 0);
      killed.set(true);
      process.destroyForcibly().waitFor();
      long leftBehind = left(superuser);
      assertThat(leftBehind).as("it was killed in the midst").isPositive();

      long before = answered.get();
      until("the other server to end it", () -> ended(superuser));
      assertThat(answered.get()).as("people were served all the while").isGreaterThan(before + 100);
      over.set(true);
      for (Future<?> one : load) {
        one.get();
      }
      assertThat(failures).isEmpty();
      assertThat(left(superuser)).as("nothing lies under the older key").isZero();
      Integer resumed =
          superuser.sql("select resumed from rotation.run").query(Integer.class).single();
      assertThat(resumed).isOne();
      until("the records to have leaves", () -> recorded(superuser, "rotation.ended") == 1);
      assertThat(recorded(superuser, "rotation.begin")).isOne();
      assertThat(recorded(superuser, "rotation.resumed")).isOne();
      assertThat(recorded(superuser, "key.rotated")).as("one ring, once").isOne();
      assertAllOpen(yard);
    } finally {
      // Whatever comes of it, nobody waits for the load for ever.
      over.set(true);
      process.destroyForcibly();
    }
  }

  private static Scope.OfTenant tenant(ConfigurableApplicationContext here) {
    TenantId id = new TenantId(UUID.randomUUID());
    here.getBean(Tenants.class)
        .create(id, "t" + Scope.hex(id.value()), "A tenant", WantedPlacement.SHARED);
    return ((TenantEntry.Entered) here.getBean(TenantGate.class).enter(id)).scope();
  }

  private static void makeSecrets(Yard yard, ExecutorService threads) throws Exception {
    Yard.Somebody writer = yard.person(Role.MEMBER, "writer");
    List<Future<?>> made = new ArrayList<>();
    for (int part = 0; part < 8; part++) {
      int from = part;
      made.add(
          threads.submit(
              () -> {
                for (int n = from; n < SECRETS; n += 8) {
                  writer.makes("key" + n, value(n));
                }
              }));
    }
    for (Future<?> one : made) {
      one.get();
    }
  }

  private static byte[] value(int n) {
    return ("the value of " + n).getBytes(UTF_8);
  }

  private static Yard.Somebody reader(Yard yard) {
    Yard.Somebody node = yard.node(new NodeKeys());
    yard.grant(yard.project.value(), "node", node.id, "reader");
    return node;
  }

  /** What a node of its own asks one of the servers for. */
  private Runnable reading(Scope.OfTenant tenant, Yard yard, int port, BooleanSupplier gone) {
    UUID node = reader(yard).id;
    String caller = "node " + node + " " + tenant.tenant();
    return () -> {
      for (int n = 0; !over.get() && !gone.getAsBoolean(); n++) {
        HttpRequest request =
            request(port, "/v1/secrets/" + yard.project + "/key" + n % SECRETS)
                .header(Strangers.HEADER, caller)
                .build();
        try {
          HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
          if (answer.statusCode() == 200) {
            answered.incrementAndGet();
          } else {
            failures.add(port + " " + answer.statusCode() + " " + answer.body());
          }
        } catch (IOException cut) {
          if (!gone.getAsBoolean()) {
            failures.add(port + " " + cut);
          }
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    };
  }

  private void write(Yard yard) {
    Yard.Somebody writer = yard.person(Role.MEMBER, "writer");
    for (int n = 0; !over.get(); n++) {
      try {
        writer.makes("more" + n, value(n));
        answered.incrementAndGet();
      } catch (AssertionError refused) {
        failures.add("writing " + refused.getMessage());
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private void assertAllOpen(Yard yard) {
    NodeKeys keys = new NodeKeys();
    Yard.Somebody node = yard.node(keys);
    yard.grant(yard.project.value(), "node", node.id, "reader");
    for (int n = 0; n < SECRETS; n++) {
      assertThat(node.reads("key" + n).status()).as("key" + n).isEqualTo(200);
    }
  }

  private Process start(String url) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RotatingServer.class.getName(),
                url,
                rootKey().toString()))
        .redirectError(Redirect.appendTo(folder.resolve("server.log").toFile()))
        .start();
  }

  private Path rootKey() {
    return folder.resolve("root.key");
  }

  private static PGSimpleDataSource source(EmbeddedPostgres postgres, String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(postgres.jdbcUrl(database));
    source.setUser(postgres.superuser().name());
    source.setPassword(postgres.superuser().password());
    return source;
  }

  private static long left(JdbcClient superuser) {
    return count(superuser, "k.state = 'verifying_only'");
  }

  private static long moved(JdbcClient superuser) {
    return count(superuser, "k.state = 'active' and k.version = 2");
  }

  private static long count(JdbcClient superuser, String condition) {
    return superuser
        .sql(
            """
            select count(*) from secrets.secret_version v
              join keyring.tenant_key k on k.tenant_id = v.tenant_id and k.key_id = v.data_key_id
             where\s"""
                + condition)
        .query(Long.class)
        .single();
  }

  private static boolean ended(JdbcClient superuser) {
    return superuser
        .sql("select ended_at is not null from rotation.run")
        .query(Boolean.class)
        .single();
  }

  private static long recorded(JdbcClient superuser, String action) {
    return superuser
        .sql(
            """
            select count(*) from (select record from audit.leaf union all select record from audit.platform_leaf) l
             where convert_from(record, 'UTF8') like :action
            """)
        .param("action", "%\"" + action + "\"%")
        .query(Long.class)
        .single();
  }

  private static void until(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in vain for " + what).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
