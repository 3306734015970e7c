package dev.cofferdam.server.rotation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Keys as operators see and turn them, over HTTP. */
class OperatedKeysTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.own();

  private static final String REASON = "It is time for a new one.";

  private final WholeBrowser ken = operator("mfa");
  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("t" + UUID.randomUUID().toString().replace("-", ""));

  private static WholeBrowser operator(String acr) {
    WholeBrowser browser = new WholeBrowser(SERVER);
    browser.follow(browser.get("/operator/sign-in"), "ken", acr);
    return browser;
  }

  private static String code(Answer answer) {
    return answer.status() < 300 ? "ok" : answer.text("code");
  }

  private JsonNode ring(String purpose, String query) {
    Answer all = ken.get("/v1/operator/keys" + query);
    assertThat(code(all)).as(all.http().body()).isEqualTo("ok");
    assertThat(all.header("Cofferdam-Receipt")).isNotEmpty();
    for (JsonNode ring : all.body().path("rings")) {
      if (ring.path("purpose").asString().equals(purpose)) {
        return ring;
      }
    }
    return all.body().path("nothing");
  }

  private List<String> versions() {
    return SERVER
        .superuser()
        .sql(
            """
            select purpose || '/' || version || '/' || state from keyring.platform_key where purpose <> 'cursor'
            union all select purpose || '/' || version || '/' || state || '/' || holder_id from keyring.tenant_key
            """)
        .query(String.class)
        .list();
  }

  private Answer rotate(String purpose, String seen, Map<String, ?> wanted) {
    return ken.send("POST", "/v1/operator/keys/" + purpose + "/rotate", wanted, "If-Match", seen);
  }

  private String seen(String purpose) {
    return ken.get("/v1/operator/keys/" + purpose + "/preview").header("ETag");
  }

  private Answer end(String act, String purpose, int version, Map<String, ?> more) {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.putIfAbsent("reason", REASON);
    body.putIfAbsent("confirm", purpose + "/" + version);
    return ken.send("POST", "/v1/operator/keys/" + purpose + "/" + version + "/" + act, body);
  }

  private void done(Answer begun) {
    assertThat(code(begun)).as(begun.http().body()).isEqualTo("ok");
    String id = begun.text("id");
    Soon.holds(
        () ->
            SERVER
                .superuser()
                .sql("select ended_at is not null from rotation.run where run_id = :id::uuid")
                .param("id", id)
                .query(Boolean.class)
                .single());
    assertThat(ken.get("/v1/operator/rotations/" + id).text("ended_at")).isNotEmpty();
  }

  /** A position in a list, which a key of the ring `cursor` seals. */
  private String cursor() {
    // So that the list goes on.
    Browser.ofSomebody(SERVER).inOwnTenant("t" + UUID.randomUUID().toString().replace("-", ""));
    return ken.get("/v1/operator/tenants?limit=1").text("next");
  }

  @Test
  void whatHangsOnARingIsSaidBeforehandAndNothingHappens() {
    ring("session", "");
    List<String> before = versions();

    Answer preview = ken.get("/v1/operator/keys/session/preview");

    assertThat(code(preview)).isEqualTo("ok");
    assertThat(preview.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(preview.text("makes")).isEqualTo("browser sessions");
    assertThat(preview.body().path("rings").asInt()).isOne();
    assertThat(preview.body().path("announced_seconds").asInt()).isEqualTo(30);
    assertThat(preview.body().path("overlap_seconds").asInt()).isEqualTo(86_400);
    assertThat(preview.body().path("ages_out").get(0).path("what").asString())
        .isEqualTo("sessions");
    assertThat(preview.body().path("ages_out").get(0).path("count").asInt()).isPositive();
    Answer anew = ken.get("/v1/operator/keys/column/preview?tenant=" + tenant);
    assertThat(anew.body().path("ages_out")).isEmpty();
    assertThat(anew.body().path("sealed_anew")).isNotEmpty();
    assertThat(versions()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(code(ken.get("/v1/operator/keys/session/preview?tenant=" + tenant)))
        .isEqualTo("not_found");
    assertThat(code(ken.get("/v1/operator/keys/everything/preview"))).isEqualTo("not_found");
  }

  @Test
  void nobodyRotatesWhatTheyHaveNotSeen() {
    cursor();
    String seen = seen("cursor");
    Map<String, String> wanted = Map.of("reason", REASON);
    assertThat(code(ken.send("POST", "/v1/operator/keys/cursor/rotate", wanted)))
        .isEqualTo("precondition_required");
    assertThat(code(rotate("cursor", seen("csrf"), wanted))).isEqualTo("precondition_failed");
    assertThat(code(rotate("cursor", seen, Map.of()))).isEqualTo("invalid_field");

    done(rotate("cursor", seen, wanted));

    assertThat(code(rotate("cursor", seen, wanted)))
        .as("somebody has rotated it meanwhile")
        .isEqualTo("precondition_failed");
  }

  @Test
  void aRotationTouchesOnePurposeAndIsRecordedFromBeginningToEnd() {
    String position = cursor();
    List<String> others = versions();
    int version = ring("cursor", "").path("keys").get(0).path("version").asInt();
    Answer begun = rotate("cursor", seen("cursor"), Map.of("reason", REASON));

    done(begun);

    assertThat(versions()).containsExactlyInAnyOrderElementsOf(others);
    JsonNode keys = ring("cursor", "").path("keys");
    assertThat(keys.get(0).path("version").asInt()).isEqualTo(version + 1);
    assertThat(keys.get(0).path("state").asString()).isEqualTo("active");
    assertThat(keys.get(1).path("state").asString()).isEqualTo("verifying_only");
    assertThat(keys.get(1).path("may_be_destroyed").asBoolean()).isFalse();
    assertThat(keys.get(1).path("needed_until").asString()).isNotEmpty();
    assertThat(ken.get("/v1/operator/tenants?limit=1&cursor=" + position).status())
        .as("what it made is still good")
        .isEqualTo(200);
    AuditRecord record =
        AuditRecord.decode(
            ken.get("/v1/receipts/" + begun.header("Cofferdam-Record-Id"))
                .text("record")
                .getBytes(UTF_8));
    assertThat(record.action()).isEqualTo("rotation.begin");
    assertThat(record.actor().kind()).isEqualTo("operator");
    assertThat(record.details()).containsEntry("reason", REASON).containsEntry("purpose", "cursor");
    assertThat(ken.get("/v1/operator/rotations").http().body()).contains(begun.text("id"));
  }

  @Test
  void aKeyGoesOnlyWhenNothingNeedsItAndOnlyByItsName() {
    String position = cursor();
    done(rotate("cursor", seen("cursor"), Map.of("reason", REASON)));
    int old = ring("cursor", "").path("keys").get(1).path("version").asInt();

    assertThat(code(end("destroy", "cursor", old + 1, Map.of()))).isEqualTo("conflict");
    assertThat(code(end("destroy", "cursor", old, Map.of()))).isEqualTo("conflict");
    assertThat(code(end("destroy", "cursor", 4711, Map.of()))).isEqualTo("not_found");
    assertThat(code(end("destroy", "cursor", old, Map.of("confirm", "cursor"))))
        .isEqualTo("invalid_field");
    assertThat(code(end("destroy", "cursor", old, Map.of("tenant_id", tenant))))
        .isEqualTo("not_found");

    assertThat(code(end("retire", "cursor", old, Map.of()))).isEqualTo("ok");
    assertThat(code(ken.get("/v1/operator/tenants?limit=1&cursor=" + position)))
        .isEqualTo("invalid_cursor");
    assertThat(code(end("retire", "cursor", old, Map.of()))).isEqualTo("conflict");
    assertThat(code(end("destroy", "cursor", old, Map.of())))
        .as("something may be under way")
        .isEqualTo("conflict");
    SERVER
        .superuser()
        .sql(
            """
            update keyring.platform_key set state_since = now() - interval '16 minutes'
             where purpose = 'cursor' and version = :version
            """)
        .param("version", old)
        .update();
    Answer gone = end("destroy", "cursor", old, Map.of());
    assertThat(code(gone)).as(gone.http().body()).isEqualTo("ok");
    assertThat(gone.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(gone.body().path("keys").get(1).path("state").asString()).isEqualTo("destroyed");
  }

  @Test
  void whatLiesSealedIsNeitherRetiredNorDestroyedUnderWhoeverNeedsIt() {
    done(rotate("column", seen("column"), Map.of("reason", REASON)));
    JsonNode keys = ring("column", "?tenant=" + tenant).path("keys");
    assertThat(keys).hasSize(2);
    assertThat(code(end("retire", "column", 1, Map.of("tenant_id", tenant)))).isEqualTo("conflict");
    // Somebody wrote by the older key after all had been moved.
    SERVER
        .superuser()
        .sql(
            """
            update keyring.tenant_key set state_since = now() - interval '16 minutes'
             where purpose = 'column' and version = 1 and tenant_id = :tenant::uuid
            """)
        .param("tenant", tenant)
        .update();
    SERVER
        .superuser()
        .sql(
            """
            update identity.member_profile
               set profile_sealed = '\\x01'::bytea || uuid_send(:key::uuid) || '\\x0102'::bytea
             where tenant_id = :tenant::uuid
            """)
        .param("key", keys.get(1).path("id").asString())
        .param("tenant", tenant)
        .update();
    JsonNode old = ring("column", "?tenant=" + tenant).path("keys").get(1);
    assertThat(old.path("needed_by").get(0).path("what").asString())
        .isEqualTo("identity.member_profile.profile_sealed");
    assertThat(code(end("destroy", "column", 1, Map.of("tenant_id", tenant))))
        .isEqualTo("conflict");
    SERVER
        .superuser()
        .sql("delete from identity.member_profile where tenant_id = :tenant::uuid")
        .param("tenant", tenant)
        .update();
    assertThat(code(end("destroy", "column", 1, Map.of("tenant_id", tenant)))).isEqualTo("ok");
  }

  @Test
  void onlyAnOperatorWhoHasJustSignedInTurnsAnything() {
    WholeBrowser person = new WholeBrowser(SERVER);
    person.session(owner.cookie());
    assertThat(code(person.get("/v1/operator/keys"))).isEqualTo("forbidden");
    assertThat(code(person.get("/v1/operator/keys/session/preview"))).isEqualTo("forbidden");
    assertThat(code(person.get("/v1/operator/rotations"))).isEqualTo("forbidden");
    for (String path :
        List.of(
            "/v1/operator/keys/session/rotate",
            "/v1/operator/keys/session/1/retire",
            "/v1/operator/keys/session/1/destroy")) {
      assertThat(code(person.send("POST", path, Map.of(), "If-Match", "\"x\"")))
          .isEqualTo("forbidden");
    }
  }
}
