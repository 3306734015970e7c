package dev.cofferdam.server.rotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What takes two operators and a day, over HTTP. */
class OperatedDestructionsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.own();

  private static final String REASON = "The older keys are of a machine that was sold.";
  private static final String ALL = "/v1/operator/destructions";

  private final WholeBrowser ken = operator("mfa");
  private final String tenant = newTenant();

  private static WholeBrowser operator(String acr) {
    WholeBrowser browser = new WholeBrowser(SERVER);
    browser.follow(browser.get("/operator/sign-in"), "ken", acr);
    return browser;
  }

  private static String newTenant() {
    return Browser.ofSomebody(SERVER)
        .inOwnTenant("t" + UUID.randomUUID().toString().replace("-", ""));
  }

  private static String code(Answer answer) {
    return answer.status() < 300 ? "ok" : answer.text("code");
  }

  private Answer wish(int version, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.putIfAbsent("reason", REASON);
    body.putIfAbsent("confirm", "column/" + version);
    return ken.send("POST", "/v1/operator/keys/column/" + version + "/destroy-for-all", body);
  }

  private Answer say(String word, String id) {
    return ken.send("POST", ALL + "/" + id + "/" + word, Map.of());
  }

  private static void sql(String text) {
    SERVER.superuser().sql(text).update();
  }

  /** As if another operator had wished it. */
  private static void byAnother(String id) {
    sql(
        "update rotation.destruction set wished_by = gen_random_uuid() where destruction_id = '%s'"
            .formatted(id));
  }

  /** As if the delay were over. */
  private static void due(String id) {
    sql(
        "set session_replication_role = replica; update rotation.destruction set approved_at = approved_at - interval '2 days', due_at = due_at - interval '2 days' where destruction_id = '%s'"
            .formatted(id));
  }

  private static boolean worked() {
    return new DestructionWorker(
            SERVER.bean(DestructionRows.class),
            SERVER.bean(KeyEndings.class),
            SERVER.bean(RunActs.class),
            SERVER.transactions(),
            SERVER.bean(TenantDirectory.class),
            time -> {},
            Clock.systemUTC())
        .work();
  }

  private List<String> states() {
    return SERVER
        .superuser()
        .sql(
            "select state from keyring.tenant_key where purpose = 'column' and tenant_id = :tenant::uuid order by version")
        .param("tenant", tenant)
        .query(String.class)
        .list();
  }

  /** Every tenant there is has an older key of the ring, and nothing under it. */
  private void rotateAll() {
    Answer begun =
        ken.send(
            "POST",
            "/v1/operator/keys/column/rotate",
            Map.of("reason", REASON),
            "If-Match",
            ken.get("/v1/operator/keys/column/preview").header("ETag"));
    assertThat(code(begun)).as(begun.http().body()).isEqualTo("ok");
    Soon.holds(
        () ->
            SERVER
                .superuser()
                .sql("select ended_at is not null from rotation.run where run_id = :id::uuid")
                .param("id", begun.text("id"))
                .query(Boolean.class)
                .single());
    sql(
        "update keyring.tenant_key set state_since = now() - interval '16 minutes' where purpose = 'column' and state = 'verifying_only'");
  }

  private int older() {
    return states().size() - 1;
  }

  @Test
  void anOlderKeyGoesForAllTenantsWhenTwoHaveSaidSoAndADayIsOver() {
    rotateAll();
    String young = newTenant();
    Answer wished = wish(older(), Map.of());
    assertThat(code(wished)).as(wished.http().body()).isEqualTo("ok");
    assertThat(wished.text("state")).isEqualTo("wished");
    assertThat(wished.header("Cofferdam-Receipt")).isNotEmpty();
    String id = wished.text("id");
    assertThat(code(wish(older(), Map.of()))).as("it is wished already").isEqualTo("conflict");

    assertThat(code(say("approve", id))).as("by whom it was wished").isEqualTo("conflict");
    assertThat(worked()).isFalse();
    byAnother(id);
    Answer approved = say("approve", id);

    assertThat(code(approved)).as(approved.http().body()).isEqualTo("ok");
    assertThat(approved.text("state")).isEqualTo("approved");
    assertThat(Duration.between(Instant.now(), Instant.parse(approved.text("due_at"))))
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    assertThat(code(say("approve", id))).isEqualTo("conflict");
    assertThat(worked()).as("its time has not come").isFalse();
    assertThat(states()).containsExactly("verifying_only", "active");

    due(id);
    while (worked()) {
      // The running server does too, now and then.
    }
    Answer ended = ken.get(ALL + "/" + id);
    assertThat(ended.text("state")).isEqualTo("ended");
    assertThat(states()).containsExactly("destroyed", "active");
    assertThat(ended.body().path("destroyed").asInt()).isPositive();
    assertThat(
            SERVER
                .superuser()
                .sql(
                    "select count(*) from keyring.tenant_key where purpose = 'column' and tenant_id = :young::uuid and state = 'destroyed'")
                .param("young", young)
                .query(Long.class)
                .single())
        .as("the key of a younger tenant, which is active")
        .isZero();
    assertThat(code(say("withdraw", id))).isEqualTo("conflict");
    assertThat(ken.get(ALL).http().body()).contains(id);
    AuditRecord record =
        AuditRecord.decode(
            ken.get("/v1/receipts/" + approved.header("Cofferdam-Record-Id"))
                .text("record")
                .getBytes(UTF_8));
    assertThat(record.action()).isEqualTo("destruction.approve");
    assertThat(record.actor().kind()).isEqualTo("operator");
    assertThat(record.details()).containsEntry("purpose", "column").containsEntry("reason", REASON);
  }

  @Test
  void untilThenAnybodyCallsItBack() {
    rotateAll();
    String id = wish(older(), Map.of()).text("id");
    byAnother(id);
    assertThat(code(say("approve", id))).isEqualTo("ok");

    Answer withdrawn = say("withdraw", id);

    assertThat(withdrawn.text("state")).isEqualTo("withdrawn");
    assertThat(code(say("approve", id))).isEqualTo("conflict");
    assertThat(code(say("withdraw", id))).isEqualTo("conflict");
    due(id);
    assertThat(worked()).isFalse();
    assertThat(states()).containsExactly("verifying_only", "active");
    Answer again = wish(older(), Map.of());
    assertThat(code(again)).isEqualTo("ok");
    assertThat(code(say("withdraw", again.text("id")))).isEqualTo("ok");
  }

  @Test
  void theDatabaseKnowsTwoPeopleAndTheTimeToo() {
    rotateAll();
    String id = wish(older(), Map.of()).text("id");
    String where = " where destruction_id = '" + id + "'";
    assertThatThrownBy(
            () ->
                sql(
                    "update rotation.destruction set approved_by = wished_by, approved_at = now() - interval '2 days', due_at = now()"
                        + where))
        .hasMessageContaining("two_operators");
    byAnother(id);
    assertThat(code(say("approve", id))).isEqualTo("ok");
    assertThatThrownBy(
            () -> sql("update rotation.destruction set done_to = gen_random_uuid()" + where))
        .hasMessageContaining("not done before its time");
    assertThatThrownBy(
            () ->
                sql(
                    "update rotation.destruction set due_at = approved_at + interval '1 s'"
                        + where))
        .hasMessageContaining("that was approved stays so");
    assertThat(code(say("withdraw", id))).isEqualTo("ok");
    assertThatThrownBy(() -> sql("update rotation.destruction set withdrawn_at = null" + where))
        .hasMessageContaining("stays as it is");
  }

  @Test
  void onlyKeysOfTenantsAndByTheirNameAndByWhomItIs() {
    assertThat(code(wish(1, Map.of("confirm", "column")))).isEqualTo("invalid_field");
    assertThat(code(wish(1, Map.of("reason", "")))).isEqualTo("invalid_field");
    assertThat(
            code(
                ken.send(
                    "POST",
                    "/v1/operator/keys/cursor/1/destroy-for-all",
                    Map.of("reason", REASON, "confirm", "cursor/1"))))
        .isEqualTo("not_found");
    assertThat(code(say("approve", UUID.randomUUID().toString()))).isEqualTo("not_found");
    assertThat(code(ken.get(ALL + "/" + UUID.randomUUID()))).isEqualTo("not_found");
  }
}
