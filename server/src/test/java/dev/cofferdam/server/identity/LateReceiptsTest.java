package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A change whose record stands in the log of a tenant that the credential was not bound to when it
 * was sent: its receipt is waited for as long as any other, also where the log is slow.
 */
class LateReceiptsTest {
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own("cofferdam.audit.deadline=10s", "cofferdam.identity.new-tenants=schema");

  private final Browser browser = Browser.ofSomebody(SERVER);

  private static Map<String, String> wanted() {
    return Map.of("slug", "t" + UUID.randomUUID().toString().replace("-", ""), "name", "Acme");
  }

  @Test
  void ofATenantThatWasJustMade() throws Exception {
    browser.token();
    assertDone(201, whileLogsAreSlow(() -> browser.post("/v1/tenants", wanted())));
  }

  @Test
  void ofATenantThatWasJustEntered() throws Exception {
    String tenant = browser.post("/v1/tenants", wanted()).text("tenant_id");
    browser.token();
    assertDone(200, whileLogsAreSlow(() -> browser.enter(tenant)));
  }

  @Test
  void aSignUpWithAKeyIsKeptWhenItsTenantIsUsable() throws Exception {
    Map<String, String> wanted = wanted();
    String[] key = {"Idempotency-Key", "schema-1"};
    browser.token();
    Answer first = whileLogsAreSlow(() -> browser.write("POST", "/v1/tenants", wanted, key));
    assertDone(201, first);
    assertThat(first.text("state")).isEqualTo("active");
    Answer again = browser.write("POST", "/v1/tenants", wanted, key);
    assertDone(201, again);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.http().headers().firstValue("Cofferdam-Record-Id"))
        .isEqualTo(first.http().headers().firstValue("Cofferdam-Record-Id"));
  }

  private static void assertDone(int status, Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.http().headers().firstValue("Cofferdam-Receipt")).isPresent();
  }

  /** No leaf is stored until one has waited for longer than a look at what this server expects. */
  private static Answer whileLogsAreSlow(Callable<Answer> request) throws Exception {
    try (Connection superuser = SERVER.database().superuser().getConnection();
        Statement statement = superuser.createStatement();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      superuser.setAutoCommit(false);
      statement.execute("lock table audit.leaf in share mode");
      Future<Answer> answer = threads.submit(request);
      while (!answer.isDone() && !hasWaited()) {
        Thread.onSpinWait();
      }
      superuser.rollback();
      return answer.get();
    }
  }

  private static boolean hasWaited() {
    return SERVER
        .superuser()
        .sql(
            """
            select exists (select from pg_locks
                            where relation = 'audit.leaf'::regclass and not granted
                              and clock_timestamp() - waitstart > interval '500 ms')
            """)
        .query(Boolean.class)
        .single();
  }
}
