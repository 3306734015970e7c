package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.log.Checkpoint;
import dev.cofferdam.protocol.log.NoteKey;
import dev.cofferdam.protocol.log.Receipt;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.protocol.secret.SecretRead;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.secrets.Yard.Answer;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.Faults;
import dev.cofferdam.server.testing.FaultyConnections;
import dev.cofferdam.server.testing.Repeated;
import dev.cofferdam.server.testing.RunningServer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every call to the database on the way of a read fails, before it took place and after, with the
 * connection kept and cut (SEC-01). {@code -Dcofferdam.faults.secrets=…} says how many faults.
 */
class SecretFaultsTest {
  private static final int FAULTS_WANTED =
      Repeated.times("fault points of a secret", "cofferdam.faults.secrets", 80, 400);
  private static final int AT_ONCE = 12;
  private static final byte[] VALUE = "a value that only leaves recorded".getBytes(UTF_8);

  private static final Faults FAULTS =
      new Faults(
          Pattern.compile(
              "audit\\.(append|heads|standing)(?=\\()|nodes\\.receiving_key|sealed_answer|commit"));

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> {
            context.registerBean(
                Authenticator.class, Strangers::new, bean -> bean.setPrimary(true));
            context.registerBean(FaultyConnections.class, () -> new FaultyConnections(FAULTS));
          },
          "cofferdam.audit.deadline=400ms",
          "cofferdam.limits.overrides.secret.principal=600000 per 1m burst 60000",
          "cofferdam.limits.overrides.secret.tenant=1200000 per 1m burst 120000",
          "cofferdam.limits.overrides.all.principal=600000 per 1m burst 60000",
          "cofferdam.limits.overrides.all.tenant=1200000 per 1m burst 120000");

  private final Yard yard = new Yard(SERVER, SERVER.newTenant());
  private final NodeKeys keys = new NodeKeys();
  private final Somebody node = yard.node(keys);

  @Test
  void whateverFailsEachAnswerHasItsLeafAndNothingElseLeaves() throws Exception {
    yard.grant(yard.project.value(), "node", node.id, "reader");
    Somebody writer = yard.person(Role.MEMBER, "writer");
    writer.makes("key", VALUE);
    AtomicInteger refused = new AtomicInteger();
    Queue<Answer> given = new ConcurrentLinkedQueue<>();
    List<Future<?>> workers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      FAULTS.let(0.15);
      for (int n = 0; n < AT_ONCE; n++) {
        workers.add(
            threads.submit(
                () -> {
                  while (FAULTS.total() < FAULTS_WANTED) {
                    Answer answer = node.reads("key");
                    if (answer.status() == 200) {
                      given.add(answer);
                    } else {
                      assertNothingLeft(answer);
                      refused.incrementAndGet();
                    }
                    // So that there is something to seal anew.
                    yard.sql(
                            "delete from {schema}.sealed_answer where tenant_id = :tenant",
                            "secrets")
                        .update();
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      FAULTS.let(0);
    }

    System.out.printf(
        "progress: %,d reads given and %,d refused at %,d faults: %s%n",
        given.size(), refused.get(), FAULTS.total(), FAULTS.hit());
    assertThat(given).isNotEmpty();
    assertThat(refused.get()).isPositive();
    SecretAddress address =
        new SecretAddress(
            yard.scope.tenant().value(),
            node.id,
            keys.id(),
            yard.project.value(),
            new SecretName("key"),
            1);
    NoteKey log = logKey(given.peek());
    for (Answer answer : given) {
      byte[] sealed = answer.http().body();
      byte[] record = Base64.getDecoder().decode(answer.header("Cofferdam-Record"));
      assertThat(SecretRead.isOf(AuditRecord.decode(record), address, sealed)).isTrue();
      assertThat(receipt(answer).check(record, log.name(), log, Ed25519::verify))
          .isInstanceOf(Receipt.Check.Included.class);
    }
    assertThat(leaves())
        .doesNotHaveDuplicates()
        .containsAll(given.stream().map(answer -> answer.header("Cofferdam-Record-Id")).toList());
  }

  private static void assertNothingLeft(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isIn(500, 503);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
    assertThat(answer.header("Cofferdam-Record")).isEmpty();
  }

  private static Receipt receipt(Answer answer) {
    return Receipt.parse(
        new String(Base64.getDecoder().decode(answer.header("Cofferdam-Receipt")), UTF_8));
  }

  private NoteKey logKey(Answer answer) {
    return SERVER
        .bean(PublishedKeys.class)
        .of(
            new LogId.OfTenant(yard.scope.tenant()),
            Checkpoint.parse(receipt(answer).note().text()).origin())
        .getFirst();
  }

  /** The ids of all records of reads that stand in the log. */
  private List<String> leaves() {
    return SERVER
        .superuser()
        .sql(
            """
            select convert_from(record, 'UTF8')::jsonb ->> 'id' from audit.leaf
             where tenant_id = :tenant and convert_from(record, 'UTF8')::jsonb ->> 'action' = 'secret.read'
            """)
        .param("tenant", yard.scope.tenant().value())
        .query(String.class)
        .list();
  }
}
