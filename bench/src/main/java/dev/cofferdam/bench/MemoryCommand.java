package dev.cofferdam.bench;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.audit.AuditLog;
import dev.cofferdam.server.audit.Entry;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.Receipted;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./cofferdam bench memory}. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Appends many records through the whole server, which runs in this process, and looks after each tenth of them"
          + " at what the process keeps in memory.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it stays as it was", "1:it grows, or the run failed", "2:usage"})
public final class MemoryCommand implements Callable<Integer> {
  private static final int LOGS = 10;
  private static final int CALLERS = 64;
  private static final int TENTHS = 10;

  /**
   * What the second half may leave in the heap beside what the first has left: 16 bytes a record.
   */
  private static final long BYTES_A_RECORD = 16;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "In all (default: 1000000, which takes some minutes).")
  private long records;

  @Override
  public Integer call() throws Exception {
    Console console = Console.of(Objects.requireNonNull(spec));
    Path directory = Files.createTempDirectory("cofferdam-bench");
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(PostgresSettings.in(directory), console::say);
        RootKey rootKey = RootKey.open(directory.resolve("root.key"), RootKey.IfAbsent.CREATE);
        House house = Ground.house(postgres, rootKey, directory)) {
      List<LogId> logs = Records.logs(house, LOGS);
      console.print("| records | reachable in the heap, MiB | resident, MiB |");
      console.print("|---|---|---|");
      List<Long> reachable = new ArrayList<>();
      for (int tenth = 1; tenth <= TENTHS; tenth++) {
        append(house.bean(AuditLog.class), logs);
        reachable.add(reachable());
        console.print(
            "| %,d | %.1f | %.0f |",
            tenth * records / TENTHS, mebibytes(reachable.getLast()), mebibytes(resident()));
      }
      long grown = reachable.getLast() - reachable.get(TENTHS / 2 - 1);
      return grown <= BYTES_A_RECORD * records / 2 ? 0 : 1;
    } finally {
      FileSystemUtils.deleteRecursively(directory);
    }
  }

  private void append(AuditLog audit, List<LogId> logs) throws InterruptedException {
    AtomicLong left = new AtomicLong(records / TENTHS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        LogId log = logs.get(caller % LOGS);
        callers.add(
            threads.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    append(audit, log);
                  }
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("records cannot be appended", e.getCause());
    }
  }

  private static void append(AuditLog audit, LogId log) {
    Entry entry =
        Entry.done(log, new Actor.OfNode(UUID.randomUUID()), "secret.read")
            .on("secret", "db-password");
    if (!(audit.append(entry) instanceof Receipted)) {
      throw new IllegalStateException("a record was not appended in time");
    }
  }

  /** What a full collection leaves. */
  private static long reachable() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** What the system says of this process, where it says it as Linux does; otherwise 0. */
  private static long resident() throws Exception {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    }
  }

  private static double mebibytes(long bytes) {
    return bytes / 1048576.0;
  }
}
