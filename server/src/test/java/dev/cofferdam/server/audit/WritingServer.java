package dev.cofferdam.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingKey;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.testing.RunningServer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A server in a process of its own that says {@code ready}, and from the first byte of its standard
 * input on writes without a pause, until it is killed. Until then it stands by: it takes from the
 * outbox of all what others left there. It says on standard output what callers were told, a line
 * each: {@code done}, log, record and receipt; {@code committed}, log and record; {@code refused};
 * {@code failed}. Before all that {@code key}, log and public key, for each log.
 */
final class WritingServer {
  private static final int AT_ONCE = 8;
  private static final Duration PAUSE = Duration.ofMillis(8);
  private static final Duration PATIENCE = Duration.ofMillis(300);
  // The console of the log is another.
  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, US_ASCII);

  private final ConfigurableApplicationContext context;
  private final List<Scope.OfTenant> tenants;

  private WritingServer(ConfigurableApplicationContext context, List<Scope.OfTenant> tenants) {
    this.context = context;
    this.tenants = tenants;
  }

  /** Arguments: the database's URL, the root key file, and the ids of tenants. */
  public static void main(String[] arguments) throws InterruptedException, IOException {
    System.setOut(System.err);
    RootKey rootKey = RootKey.open(Path.of(arguments[1]), RootKey.IfAbsent.REFUSE);
    ConfigurableApplicationContext context =
        RunningServer.on(
            arguments[0],
            rootKey,
            "cofferdam.audit.deadline=500ms",
            "cofferdam.database.statement-timeout=2s",
            "cofferdam.database.connection-wait=1s");
    List<Scope.OfTenant> tenants = new ArrayList<>();
    for (String id : List.of(arguments).subList(2, arguments.length)) {
      tenants.add(entered(context, new TenantId(UUID.fromString(id))));
    }
    WritingServer server = new WritingServer(context, List.copyOf(tenants));
    server.sayKeys();
    say("ready");
    if (System.in.read() < 0) {
      return;
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Random random = new Random();
      threads.add(Thread.startVirtualThread(() -> server.write(random)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Scope.OfTenant entered(ConfigurableApplicationContext context, TenantId id) {
    context
        .getBean(Tenants.class)
        .create(id, "t" + Scope.hex(id.value()), "A tenant", WantedPlacement.SHARED);
    return ((TenantEntry.Entered) context.getBean(TenantGate.class).enter(id)).scope();
  }

  private static void say(String line) {
    synchronized (OUT) {
      OUT.print(line + "\n");
      OUT.flush();
    }
  }

  private void write(Random random) {
    while (!OUT.checkError()) {
      Scope.OfTenant tenant = tenants.get(random.nextInt(tenants.size()));
      LogId log = random.nextInt(8) == 0 ? LogId.PLATFORM : new LogId.OfTenant(tenant.tenant());
      Entry entry =
          Entry.done(log, new Actor.OfPerson(new PersonId(UUID.randomUUID())), "probe.act");
      try {
        if (random.nextBoolean()) {
          append(entry);
        } else {
          change(new LogId.OfTenant(tenant.tenant()), tenant, entry);
        }
      } catch (RuntimeException told) {
        say("failed");
      }
      pause();
    }
  }

  /** So that whoever checks each answer keeps up. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void append(Entry entry) {
    switch (context.getBean(AuditLog.class).append(entry)) {
      case Receipted receipted -> done(receipted);
      case Appended.Unavailable unavailable -> say("refused");
    }
  }

  private void change(LogId log, Scope.OfTenant tenant, Entry of) {
    Entry entry = Entry.done(log, of.actor(), of.action());
    RecordId id =
        Scopes.call(
            tenant,
            () ->
                Objects.requireNonNull(
                    context
                        .getBean(TransactionOperations.class)
                        .execute(
                            status -> {
                              context
                                  .getBean(JdbcClient.class)
                                  .sql("select count(*) from tenancy.tenant")
                                  .query(Long.class)
                                  .single();
                              return context.getBean(Outbox.class).record(entry);
                            })));
    say("committed " + log.name() + " " + id);
    if (context.getBean(Receipts.class).await(log, id, PATIENCE) instanceof Receipted receipted) {
      done(receipted);
    }
  }

  private static void done(Receipted receipted) {
    String receipt = receipted.receipt().toString();
    say(
        "done %s %s %s"
            .formatted(
                receipted.log().name(),
                receipted.id(),
                Base64.getEncoder().encodeToString(receipt.getBytes(UTF_8))));
  }

  /** The public halves of the logs' keys, which every caller has from before. */
  private void sayKeys() {
    sayKey(
        LogId.PLATFORM,
        new Scope.OfPlatform(new Purpose("keyring")),
        new Ring.OfPlatform(KeyPurpose.PLATFORM_CHECKPOINT));
    for (Scope.OfTenant tenant : tenants) {
      sayKey(
          new LogId.OfTenant(tenant.tenant()),
          tenant,
          new Ring.OfTenant(tenant.tenant(), KeyPurpose.CHECKPOINT));
    }
  }

  private void sayKey(LogId log, Scope scope, Ring ring) {
    byte[] encoded =
        Scopes.call(
            scope,
            () -> {
              try (RingKey key = context.getBean(Keyring.class).active(ring)) {
                return key.publicKey().orElseThrow();
              }
            });
    say("key " + log.name() + " " + Base64.getEncoder().encodeToString(encoded));
  }
}
