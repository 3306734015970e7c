package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.mirror.MirrorDirectory;
import dev.cofferdam.server.audit.mirror.MirrorStore;
import dev.cofferdam.server.audit.mirror.MirrorWatch;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.secrets.Yard.Answer;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.FileSystemUtils;

/**
 * While records do not reach the mirror no secret leaves (SEC-01), and it leaves again when they
 * do. The patience is measured by a clock that stands still until it is moved.
 */
class MirrorAwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final byte[] VALUE = "a value that only leaves mirrored".getBytes(UTF_8);
  private static final Path FOLDER = temporary();
  private static final Path MIRROR = FOLDER.resolve("mirror");
  private static final Path AWAY = FOLDER.resolve("away");
  private static final AtomicLong NANOS = new AtomicLong();
  private static final Disk DISK = new Disk(new MirrorDirectory(MIRROR));

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> {
            context.registerBean(
                Authenticator.class, Strangers::new, bean -> bean.setPrimary(true));
            context.registerBean(
                "movedWatch",
                MirrorWatch.class,
                () -> new MirrorWatch(PATIENCE, NANOS::get),
                bean -> bean.setPrimary(true));
            context.registerBean(
                "disk", MirrorStore.class, () -> DISK, bean -> bean.setPrimary(true));
          },
          "cofferdam.audit.mirror.directory=" + MIRROR,
          "cofferdam.audit.mirror.every=100ms",
          "cofferdam.limits.overrides.secret.principal=600000 per 1m burst 60000",
          "cofferdam.limits.overrides.secret.tenant=1200000 per 1m burst 120000",
          "cofferdam.limits.overrides.all.principal=600000 per 1m burst 60000",
          "cofferdam.limits.overrides.all.tenant=1200000 per 1m burst 120000");

  private final Yard yard = new Yard(SERVER, SERVER.newTenant());
  private final Somebody node = yard.node(new NodeKeys());
  private final Somebody writer = yard.person(Role.MEMBER, "writer");

  @BeforeEach
  void begin() {
    yard.grant(yard.project.value(), "node", node.id, "reader");
    writer.makes("key", VALUE);
    awaitGiven();
    // From now on a mirror that is gone is one that was there.
    await("it is mirrored", () -> Files.exists(mirrored()));
  }

  @AfterEach
  void heal() {
    DISK.let();
  }

  @AfterAll
  static void remove() throws IOException {
    // The server still runs, and would write there meanwhile.
    DISK.fill();
    FileSystemUtils.deleteRecursively(FOLDER);
  }

  @Test
  void noneLeavesWhileTheMirrorHasNoRoomAndThePatienceIsOver() {
    DISK.fill();
    assertGiven();

    NANOS.addAndGet(PATIENCE.toNanos() + 1);
    assertNothingLeaves();
    // What nobody is given goes on: a change is recorded with what it changes.
    writer.puts("key", "the next".getBytes(UTF_8));

    DISK.let();
    awaitGiven();
  }

  @Test
  void noneLeavesWhileTheMirrorDoesNotAnswer() {
    DISK.hang();
    assertGiven();

    NANOS.addAndGet(PATIENCE.toNanos() + 1);
    assertNothingLeaves();

    DISK.let();
    awaitGiven();
  }

  @Test
  void noneLeavesAsSoonAsTheMirrorIsGone() throws IOException {
    Files.move(MIRROR, AWAY);
    // Nothing is recorded and no time passes: that it is gone is noticed without, and for all logs.
    LogId another = new LogId.OfTenant(new TenantId(UUID.randomUUID()));
    await("it is missed", () -> SERVER.bean(MirrorWatch.class).isAway(another));
    assertNothingLeaves();

    FileSystemUtils.deleteRecursively(MIRROR);
    Files.move(AWAY, MIRROR);
    awaitGiven();
  }

  @Test
  void noneLeavesWhileSomethingElseLiesWhereTheMirrorWas() throws IOException {
    Files.move(MIRROR, AWAY);
    FileSystemUtils.deleteRecursively(MIRROR);
    Files.writeString(MIRROR, "no folder");
    DISK.failToRead();
    NANOS.addAndGet(PATIENCE.toNanos() + 1);
    assertNothingLeaves();

    Files.delete(MIRROR);
    Files.move(AWAY, MIRROR);
    awaitGiven();
  }

  private void assertGiven() {
    Answer answer = node.reads("key");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private void awaitGiven() {
    await("it leaves", () -> node.reads("key").status() == 200);
  }

  private void assertNothingLeaves() {
    long recorded = recorded();
    Answer answer = node.reads("key");
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("code")).isEqualTo("audit_unavailable");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
    assertThat(answer.header("Cofferdam-Record")).isEmpty();
    assertThat(recorded()).isEqualTo(recorded);
  }

  private LogId log() {
    return new LogId.OfTenant(yard.scope.tenant());
  }

  private Path mirrored() {
    return MIRROR.resolve(log().name()).resolve("checkpoint");
  }

  private long recorded() {
    return SERVER
        .superuser()
        .sql(
            """
            select count(*) from audit.leaf
             where tenant_id = :tenant and convert_from(record, 'UTF8')::jsonb ->> 'action' = 'secret.read'
            """)
        .param("tenant", yard.scope.tenant().value())
        .query(Long.class)
        .single();
  }

  private static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plusSeconds(30);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(what).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("cofferdam-mirror-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The disk of the mirror, which can be full and can hang; reads of it go on. */
  private static final class Disk implements MirrorStore {
    private final MirrorStore store;
    private volatile boolean full;
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile CountDownLatch met = new CountDownLatch(0);

    Disk(MirrorStore store) {
      this.store = store;
    }

    /** Returns when somebody has met it, so that no write from before is under way. */
    void fill() {
      met = new CountDownLatch(1);
      full = true;
      awaitMet();
    }

    /** As {@link #fill}. */
    void hang() {
      met = new CountDownLatch(1);
      hanging = new CountDownLatch(1);
      awaitMet();
    }

    /** Returns when something could not be read. */
    void failToRead() {
      met = new CountDownLatch(1);
      awaitMet();
    }

    void let() {
      full = false;
      hanging.countDown();
    }

    private void awaitMet() {
      await("the trouble is met", () -> met.getCount() == 0);
    }

    private void write() throws IOException {
      if (full) {
        met.countDown();
        throw new IOException("No space left on device");
      }
      CountDownLatch hangs = hanging;
      if (hangs.getCount() > 0) {
        met.countDown();
        try {
          hangs.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
      try {
        return store.read(path);
      } catch (IOException e) {
        met.countDown();
        throw e;
      }
    }

    @Override
    public boolean put(String path, byte @Nullable [] expected, byte[] content) throws IOException {
      write();
      return store.put(path, expected, content);
    }

    @Override
    public void tryOut() throws IOException {
      write();
      store.tryOut();
    }

    @Override
    public List<String> list(String path) throws IOException {
      return store.list(path);
    }

    @Override
    public void removePartial(String path) throws IOException {
      store.removePartial(path);
    }
  }
}
