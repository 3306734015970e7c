package dev.cofferdam.server.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.jose.SigningKey;
import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.postgres.Until;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;

/** Machines that become nodes, over HTTP. */
class RegistrationTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final Browser admin = member(Role.ADMIN);
  private final Machine machine = new Machine(SERVER);

  private Browser member(Role role) {
    return Browser.ofMember(SERVER, tenant.tenant().toString(), role);
  }

  private List<AuditRecord> log(String action) {
    return Scopes.call(
        tenant,
        () ->
            SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                .map(StoredRecord::record)
                .filter(record -> record.action().equals(action))
                .toList());
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
    assertThat(answer.text("code")).isEqualTo(code);
  }

  @Test
  void aMachineBecomesTheNodeThatItsTokenNamesAndItsTenantSeesIt() {
    String token = Machine.token(admin, "press one");
    assertThat(token).matches("cofferdam_boot_[0-9a-f]{96}");

    Answer answer = machine.register(token);

    assertThat(answer.status()).as(answer.http().body()).isEqualTo(201);
    assertThat(answer.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(answer.text("tenant_id")).isEqualTo(tenant.tenant().toString());
    assertThat(answer.text("name")).isEqualTo("press one");
    Answer shown = member(Role.MEMBER).get("/v1/nodes/" + answer.text("node_id"));
    assertThat(shown.text("authentication_key")).isEqualTo(machine.key.jwk().thumbprint());
    assertThat(shown.text("receiving_key")).isEqualTo(machine.receivingKey().thumbprint());
    assertThat(shown.http().body()).doesNotContain("revoked_at").doesNotContain("seen_at");
    assertThat(log("node.registered"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.actor().kind()).isEqualTo("node");
              assertThat(record.actor().id()).isEqualTo(answer.text("node_id"));
              assertThat(record.details())
                  .containsEntry("receiving_key", machine.receivingKey().thumbprint());
            });
    Answer tokens = member(Role.AUDITOR).get("/v1/bootstrap-tokens");
    assertThat(tokens.body().path("items").path(0).path("state").asString("")).isEqualTo("used");
    assertThat(tokens.http().body()).doesNotContain(token.substring(15, 60));
  }

  @Test
  void whoLostTheAnswerGetsItAgainByTheSameKeysAndNobodyElseDoes() {
    String token = Machine.token(admin, "press");
    Answer first = machine.register(token);

    Answer again = machine.register(token);

    assertThat(again.status()).as(again.http().body()).isEqualTo(201);
    assertThat(again.http().body()).isEqualTo(first.http().body());
    assertThat(again.header("Cofferdam-Record-Id")).isEqualTo(first.header("Cofferdam-Record-Id"));
    assertThat(log("node.registered")).hasSize(1);
    refused(new Machine(SERVER).register(token), 410, "gone");
    // One of both keys is not enough.
    refused(
        machine.send(
            NodeStatement.registration(
                machine.key,
                new Machine(SERVER).receivingKey(),
                token,
                machine.origin(),
                Instant.now().getEpochSecond())),
        410,
        "gone");
  }

  @Test
  void theTenantIsToldOnceThatASpentTokenWasTried() {
    String token = Machine.token(admin, "press");
    machine.register(token);

    new Machine(SERVER).register(token);
    new Machine(SERVER).register(token);

    assertThat(log("node.register"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.actor().kind()).isEqualTo("network");
              assertThat(record.details()).containsEntry("reason", "used");
            });
  }

  @Test
  void ofManyMachinesWithOneTokenAtOnceOneBecomesANode() throws Exception {
    String token = Machine.token(admin, "press");
    Registrations registrations = SERVER.bean(Registrations.class);
    List<Callable<RegistrationAnswer>> tries = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      Machine one = new Machine(SERVER);
      tries.add(() -> registrations.register(call(), one.origin(), one.statement(token)));
    }

    int registered = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<RegistrationAnswer> answer : threads.invokeAll(tries)) {
        registered += answer.get() instanceof RegistrationAnswer.Registered ? 1 : 0;
        assertThat(answer.get())
            .isInstanceOfAny(RegistrationAnswer.Registered.class, RegistrationAnswer.Spent.class);
      }
    }

    assertThat(registered).isEqualTo(1);
    Until.holds("its record is in the log", () -> !log("node.registered").isEmpty());
    assertThat(log("node.registered")).hasSize(1);
  }

  private static Call call() {
    return new Call(
        new RequestId(UUID.randomUUID()), new Caller.Anonymous(), InetAddress.getLoopbackAddress());
  }

  @Test
  void noFailureUsesTheTokenUp() {
    String token = Machine.token(admin, "press");
    String good = machine.statement(token);
    String other = new Machine(SERVER).statement(token);
    byte[] zero = new byte[32];

    String[] parts = good.split("\\.");
    List<String> wrong =
        List.of(
            "nothing",
            good.substring(0, good.length() - 4) + "AAAA",
            parts[0] + "." + other.split("\\.")[1] + "." + parts[2],
            machine.statement(token, "https://elsewhere.example", Instant.now()),
            machine.statement(token, machine.origin(), Instant.now().minus(Duration.ofMinutes(6))),
            machine.statement(token, machine.origin(), Instant.now().plus(Duration.ofMinutes(6))),
            NodeStatement.registration(
                machine.key,
                PublicJwk.ofX25519(zero),
                token,
                machine.origin(),
                Instant.now().getEpochSecond()),
            machine.key.stated("other+jws", claims(token)),
            machine.key.asserted(NodeStatement.TYPE, claims(token)),
            machine.key.stated(NodeStatement.TYPE, with(claims(token), "more", "x")),
            machine.key.stated(NodeStatement.TYPE, Map.of("bootstrap_token", token)),
            good + ".x",
            "x".repeat(5000));
    for (String statement : wrong) {
      refused(machine.send(statement), 422, "invalid_field");
    }
    refused(machine.register(token.substring(0, 110)), 401, "invalid_token");
    refused(machine.register(flipped(token)), 401, "invalid_token");
    refused(machine.register("cofferdam_boot_"), 401, "invalid_token");
    refused(machine.post("/v1/nodes/register", Map.of()), 422, "invalid_field");

    assertThat(machine.send(good).status()).isEqualTo(201);
  }

  private Map<String, Object> claims(String token) {
    return Map.of(
        "aud",
        machine.origin(),
        "iat",
        Instant.now().getEpochSecond(),
        "receiving_key",
        machine.receivingKey().members(),
        "bootstrap_token",
        token);
  }

  private static Map<String, Object> with(Map<String, Object> claims, String name, String value) {
    Map<String, Object> more = new TreeMap<>(claims);
    more.put(name, value);
    return more;
  }

  private static String flipped(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0');
  }

  @Test
  void aTokenThatIsRevokedOrExpiredIsNoMore() {
    Answer made =
        admin.post("/v1/bootstrap-tokens", Map.of("name", "press", "expires_in_minutes", 5));
    assertThat(admin.write("DELETE", "/v1/bootstrap-tokens/" + made.text("id"), null).text("state"))
        .isEqualTo("revoked");
    refused(machine.register(made.text("token")), 410, "gone");
    refused(
        admin.write("DELETE", "/v1/bootstrap-tokens/" + made.text("id"), null), 409, "conflict");

    String late = Machine.token(admin, "press");
    SERVER
        .superuser()
        .sql(
            """
            update nodes.bootstrap set created_at = now() - interval '1 hour', expires_at = now() - interval '1 second'
             where tenant_id = :tenant
            """)
        .param("tenant", tenant.tenant().value())
        .update();
    refused(machine.register(late), 410, "gone");
  }

  @Test
  void twoNodesOfATenantHaveNeitherNameNorKeysInCommonAndAKeyNeverComesBack() {
    Machine first = Machine.registered(SERVER, admin, "Press");
    String token = Machine.token(admin, "press");
    refused(machine.register(token), 409, "name_taken");

    Answer shown = admin.get("/v1/nodes/" + first.id());
    Answer renamed =
        admin.write(
            "PATCH",
            "/v1/nodes/" + first.id(),
            Map.of("name", "Older press"),
            "If-Match",
            shown.header("ETag"));
    assertThat(renamed.text("name")).isEqualTo("Older press");
    assertThat(machine.register(token).status()).isEqualTo(201);

    assertThat(admin.write("DELETE", "/v1/nodes/" + first.id(), null).status()).isEqualTo(200);
    refused(first.register(Machine.token(admin, "anew")), 409, "conflict");
    // Another tenant neither knows the key nor tells of it.
    Browser elsewhere =
        Browser.ofMember(SERVER, SERVER.newTenant().tenant().toString(), Role.OWNER);
    assertThat(first.register(Machine.token(elsewhere, "anew")).status()).isEqualTo(201);
  }

  @Test
  void aRevokedNodeIsNoneAndStaysSoWhateverIsWrittenInTheTenantsScope() {
    Machine one = Machine.registered(SERVER, admin, "press");
    String group = admin.post("/v1/groups", Map.of("name", "Presses")).text("id");
    assertThat(admin.write("PUT", "/v1/groups/" + group + "/nodes/" + one.id(), null).status())
        .isEqualTo(200);
    assertThat(receivingKeys()).isEqualTo(1);

    Answer revoked = admin.write("DELETE", "/v1/nodes/" + one.id(), null);

    assertThat(revoked.text("revoked_at")).isNotEmpty();
    assertThat(receivingKeys()).isZero();
    assertThat(admin.get("/v1/groups/" + group + "/nodes").body().path("items")).isEmpty();
    refused(admin.write("DELETE", "/v1/nodes/" + one.id(), null), 404, "not_found");
    refused(
        admin.write("PUT", "/v1/groups/" + group + "/nodes/" + one.id(), null), 404, "not_found");
    assertThat(log("node.revoked").getFirst().details()).containsEntry("taken", "1");
    assertThatThrownBy(
            () ->
                Scopes.run(
                    tenant,
                    () ->
                        SERVER
                            .app()
                            .sql(
                                "update nodes.node set revoked_at = null where tenant_id = :tenant")
                            .param("tenant", tenant.tenant().value())
                            .update()))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("what was revoked stays as it is");
  }

  private int receivingKeys() {
    return Scopes.call(
        tenant,
        () ->
            SERVER
                .app()
                .sql("select count(*) from nodes.receiving_key where tenant_id = :tenant")
                .param("tenant", tenant.tenant().value())
                .query(Integer.class)
                .single());
  }

  @Test
  void onlyWhoRunsTheTenantAdmitsAndRevokesAndOnlyItsOwn() {
    Machine one = Machine.registered(SERVER, admin, "press");
    Browser member = member(Role.MEMBER);
    Browser auditor = member(Role.AUDITOR);
    Map<String, ?> wanted = Map.of("name", "mine", "expires_in_minutes", 30);
    for (Browser other : List.of(member, auditor)) {
      refused(other.post("/v1/bootstrap-tokens", wanted), 403, "forbidden");
      refused(other.write("DELETE", "/v1/nodes/" + one.id(), null), 403, "forbidden");
    }
    refused(member.get("/v1/bootstrap-tokens"), 403, "forbidden");

    Browser stranger = Browser.ofMember(SERVER, SERVER.newTenant().tenant().toString(), Role.OWNER);
    refused(stranger.get("/v1/nodes/" + one.id()), 404, "not_found");
    refused(stranger.write("DELETE", "/v1/nodes/" + one.id(), null), 404, "not_found");
    assertThat(stranger.get("/v1/nodes").body().path("items")).isEmpty();
    refused(
        admin.post("/v1/bootstrap-tokens", Map.of("name", "x", "expires_in_minutes", 1441)),
        422,
        "invalid_field");
    refused(
        admin.post("/v1/bootstrap-tokens", Map.of("name", "x", "expires_in_minutes", 4)),
        422,
        "invalid_field");
  }

  @Test
  void aClosedTenantTakesNoNodes() {
    String token = Machine.token(admin, "press");
    SERVER.bean(Tenants.class).suspend(tenant.tenant());
    Soon.holds(() -> admin.get("/v1/tenant").status() == 403);

    refused(machine.register(token), 403, "tenant_closed");
  }

  @Test
  void aKeyThatIsNoPublicKeyOfP256SignsNothing() {
    String token = Machine.token(admin, "press");
    SigningKey key = machine.key;
    String good = machine.statement(token);
    String header = new String(Base64.getUrlDecoder().decode(good.split("\\.")[0]), UTF_8);
    // A point that is not on the curve.
    String off =
        header.replace(key.jwk().members().get("x"), machine.receivingKey().members().get("x"));
    refused(
        machine.send(
            Base64.getUrlEncoder().withoutPadding().encodeToString(off.getBytes(UTF_8))
                + good.substring(good.indexOf('.'))),
        422,
        "invalid_field");
  }
}
