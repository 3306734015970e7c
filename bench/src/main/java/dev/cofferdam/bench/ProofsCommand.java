package dev.cofferdam.bench;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.ConsistencyProof;
import dev.cofferdam.protocol.log.Hash;
import dev.cofferdam.protocol.log.InclusionProof;
import dev.cofferdam.protocol.log.Merkle;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.read.Proofs;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.LogScope;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.driver.BoundPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./cofferdam bench proofs}. */
@Command(
    name = "proofs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Copies a long log into an embedded PostgreSQL of its own, and measures how long one caller waits for a proof"
          + " of it. Every proof is verified.%n"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:99 of 100 proofs of each kind came in time",
      "1:not so, or the run failed",
      "2:usage"
    })
public final class ProofsCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 2;
  private static final int KEPT = 1_000;
  private static final double FLOOR_MILLIS = 10;
  private static final LogId LOG = new LogId.OfTenant(new TenantId(LongLog.TENANT));

  private final Random random = new Random(10);

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "In the log (default: 10000000, which takes 12 GB of disk and some minutes).")
  private long records;

  @Option(
      names = "--turn",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Of each kind of proof (default: 10).")
  private int turn;

  /** One kind of proof. */
  private interface Asking {
    /** Asks for one; what it returns verifies what came. */
    BooleanSupplier ask(long index);
  }

  @Override
  public Integer call() throws Exception {
    Console console = Console.of(Objects.requireNonNull(spec));
    Path directory = Files.createTempDirectory("cofferdam-bench");
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(PostgresSettings.in(directory), console::say);
        RootKey rootKey = RootKey.open(directory.resolve("root.key"), RootKey.IfAbsent.CREATE)) {
      Ground.install(postgres, rootKey);
      LongLog log = new LongLog();
      try (Connection superuser = Ground.superuser(postgres).getConnection();
          Statement statement = superuser.createStatement()) {
        log.copy(
            superuser,
            records,
            random.longs(KEPT, 1, records + 1).boxed().collect(Collectors.toSet()),
            done -> console.say("%,d of %,d records".formatted(done, records)));
        statement.execute("vacuum analyze audit.leaf, audit.node, audit.head");
        statement.execute("checkpoint");
      }
      try (BoundPool app = Ground.pool(postgres, rootKey, CONNECTIONS)) {
        return isInTime(console, JdbcClient.create(app), log) ? 0 : 1;
      }
    } finally {
      FileSystemUtils.deleteRecursively(directory);
    }
  }

  private boolean isInTime(Console console, JdbcClient app, LongLog log) {
    LogRows rows = new LogRows(app);
    Proofs proofs = new Proofs(app);
    console.print(
        "| proof from a log of %,d records | median, ms | p99, ms | slowest, ms | proofs |",
        records);
    console.print("|---|---|---|---|---|");
    boolean receipts =
        isInTime(
            console, "receipt under the newest checkpoint", index -> receipt(rows, log, index));
    boolean inclusion =
        isInTime(
            console,
            "inclusion under a checkpoint that was kept",
            index -> inclusion(proofs, log, index));
    boolean consistency =
        isInTime(
            console,
            "consistency of two such checkpoints",
            index -> consistency(proofs, log, index));
    return receipts && inclusion && consistency;
  }

  private static BooleanSupplier receipt(LogRows rows, LongLog log, long index) {
    Receipt receipt = LogScope.call(LOG, () -> rows.receipt(LOG, index));
    return () ->
        receipt.check(LongLog.record(index).encode(), log.key().name(), log.key(), Ed25519::verify)
            instanceof Receipt.Check.Included;
  }

  private static BooleanSupplier inclusion(Proofs proofs, LongLog log, long index) {
    long size = kept(log, index);
    long within = Math.min(index, size - 1);
    InclusionProof proof =
        LogScope.call(LOG, () -> proofs.inclusion(LOG, within, size)).orElseThrow();
    return () -> proof.proves(Merkle.leaf(LongLog.record(within).encode()), root(log, size));
  }

  private BooleanSupplier consistency(Proofs proofs, LongLog log, long index) {
    long one = kept(log, index);
    long other = kept(log, random.nextLong(records));
    long first = Math.min(one, other);
    long second = Math.max(one, other);
    ConsistencyProof proof =
        LogScope.call(LOG, () -> proofs.consistency(LOG, first, second)).orElseThrow();
    return () -> proof.proves(root(log, first), root(log, second));
  }

  /** The next size at which the root was kept, or the last. */
  private static long kept(LongLog log, long size) {
    Long next = log.kept().ceilingKey(size + 1);
    return next == null ? log.kept().lastKey() : next;
  }

  private static Hash root(LongLog log, long size) {
    return Objects.requireNonNull(log.kept().get(size));
  }

  private boolean isInTime(Console console, String kind, Asking asking) {
    repeat(asking, Duration.ofSeconds(turn).dividedBy(4));
    Latencies latencies = repeat(asking, Duration.ofSeconds(turn));
    double p99 = latencies.millis(0.99);
    console.print(
        "| %s | %.2f | %.2f | %.1f | %,d |",
        kind, latencies.millis(0.5), p99, latencies.millis(1), latencies.count());
    return p99 <= FLOOR_MILLIS;
  }

  private Latencies repeat(Asking asking, Duration length) {
    Latencies latencies = new Latencies();
    for (long until = System.nanoTime() + length.toNanos(); System.nanoTime() < until; ) {
      long index = random.nextLong(records);
      long begin = System.nanoTime();
      BooleanSupplier proven = asking.ask(index);
      latencies.add(System.nanoTime() - begin);
      if (!proven.getAsBoolean()) {
        throw new IllegalStateException("a proof that begins at " + index + " proves nothing");
      }
    }
    return latencies;
  }
}
