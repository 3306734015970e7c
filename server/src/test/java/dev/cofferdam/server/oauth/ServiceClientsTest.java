package dev.cofferdam.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that act as a service of the tenant, as their owners look after them. */
class ServiceClientsTest {
  private static final String PATH = "/v1/service-clients";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final String tenant = SERVER.newTenant().tenant().toString();
  private final Browser owner = Browser.ofMember(SERVER, tenant, Role.OWNER);

  private static Map<String, Object> wanted(String name, Object value) {
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("label", "a job");
    wanted.put("role", "auditor");
    wanted.put("scopes", List.of("tenant:read"));
    wanted.put("keys", keys(PlantedClient.key()));
    wanted.put(name, value);
    return wanted;
  }

  private static Map<String, Object> keys(JWK... keys) {
    return new JWKSet(List.of(keys)).toJSONObject(true);
  }

  @Test
  void anOwnerMakesOneWithItsKeysAndEndsIt() {
    ECKey key = PlantedClient.key();
    Answer made = owner.post(PATH, wanted("keys", keys(key)));
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(made.body().path("keys").get(0).asString()).isEqualTo(key.getKeyID());
    String id = made.text("id");

    Answer list = owner.get(PATH);
    assertThat(list.body().path("items").get(0).path("id").asString()).isEqualTo(id);
    assertThat(Browser.ofMember(SERVER, tenant, Role.AUDITOR).get(PATH).status()).isEqualTo(200);

    Browser elsewhere =
        Browser.ofMember(SERVER, SERVER.newTenant().tenant().toString(), Role.OWNER);
    assertThat(elsewhere.get(PATH).body().path("items").size()).isZero();
    Answer foreign = elsewhere.write("DELETE", PATH + "/" + id, null);
    Answer missing = elsewhere.write("DELETE", PATH + "/" + UUID.randomUUID(), null);
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(foreign.withoutRequestId()).isEqualTo(missing.withoutRequestId());

    Answer ended = owner.write("DELETE", PATH + "/" + id, null);
    assertThat(ended.status()).as(ended.http().body()).isEqualTo(200);
    assertThat(owner.write("DELETE", PATH + "/" + id, null).status()).isEqualTo(404);
  }

  @Test
  void whoMayNotGiveTheRoleMakesNone() {
    for (Role role : List.of(Role.MEMBER, Role.AUDITOR)) {
      Answer refused = Browser.ofMember(SERVER, tenant, role).post(PATH, wanted("label", "x"));
      assertThat(refused.status()).as(role.name()).isEqualTo(403);
    }
    Browser admin = Browser.ofMember(SERVER, tenant, Role.ADMIN);
    assertThat(admin.post(PATH, wanted("role", "member")).status()).isEqualTo(201);
  }

  @Test
  void whatCannotBeAClientIsRefusedByItsField() throws Exception {
    Map<String, List<Object>> wrong = new LinkedHashMap<>();
    wrong.put("label", List.of("", " ", "x".repeat(81)));
    wrong.put("role", List.of("owner", "Owner", "operator"));
    wrong.put("scopes", List.of(List.of(), List.of("tenant:write")));
    wrong.put(
        "keys",
        List.of(
            Map.of(),
            Map.of("keys", List.of()),
            keys(PlantedClient.key(), PlantedClient.key(), PlantedClient.key()),
            new JWKSet(PlantedClient.key()).toJSONObject(false),
            keys(new ECKeyGenerator(Curve.P_384).keyID("other").generate()),
            keys(new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.ENCRYPTION).generate()),
            keys(
                new ECKey.Builder(PlantedClient.key()).keyID("one").build(),
                new ECKey.Builder(PlantedClient.key()).keyID("one").build()),
            new JWKSet(new OctetSequenceKeyGenerator(256).generate()).toJSONObject(false),
            keys(new RSAKeyGenerator(1024, true).generate())));
    wrong.forEach(
        (field, values) -> {
          // Nobody makes many at once.
          Browser another = Browser.ofMember(SERVER, tenant, Role.OWNER);
          values.forEach(
              value -> {
                Answer refused = another.post(PATH, wanted(field, value));
                assertThat(refused.status()).as("%s: %s", field, value).isEqualTo(422);
                assertThat(refused.text("field")).isEqualTo(field);
              });
        });
  }

  private static PlantedClient.Answer asked(PlantedClient client, ECKey by) {
    Map<String, String> form = client.form();
    form.put(
        "client_assertion",
        PlantedClient.signed(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()),
            client.claims().build(),
            by));
    return client.post("/oauth/token", form);
  }

  @Test
  void itsKeysAreExchangedAndTheOlderOneIsNoneAnyMore() {
    PlantedClient planted =
        PlantedClient.in(SERVER, new TenantId(UUID.fromString(tenant)), "auditor", "tenant:read");
    assertThat(asked(planted, planted.key).status()).isEqualTo(200);
    ECKey next = PlantedClient.key();
    String path = PATH + "/" + planted.id + "/keys";
    Answer both = owner.write("PUT", path, Map.of("keys", keys(planted.key, next)));
    assertThat(both.status()).as(both.http().body()).isEqualTo(200);
    assertThat(both.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(asked(planted, planted.key).status()).as("both are good meanwhile").isEqualTo(200);
    assertThat(asked(planted, next).status()).isEqualTo(200);

    assertThat(owner.write("PUT", path, Map.of("keys", keys(next))).body().path("keys").size())
        .isEqualTo(1);
    Soon.holds(() -> asked(planted, planted.key).text("error").equals("invalid_client"));
    assertThat(asked(planted, next).status()).isEqualTo(200);

    Answer wrong = owner.write("PUT", path, Map.of("keys", new JWKSet(next).toJSONObject(false)));
    assertThat(wrong.status()).as("a private half").isEqualTo(422);
    assertThat(
            owner
                .write("PUT", PATH + "/" + UUID.randomUUID() + "/keys", Map.of("keys", keys(next)))
                .status())
        .isEqualTo(404);
    Browser elsewhere =
        Browser.ofMember(SERVER, SERVER.newTenant().tenant().toString(), Role.OWNER);
    assertThat(elsewhere.write("PUT", path, Map.of("keys", keys(next))).status()).isEqualTo(404);
    assertThat(
            Browser.ofMember(SERVER, tenant, Role.AUDITOR)
                .write("PUT", path, Map.of("keys", keys(next)))
                .status())
        .isEqualTo(403);
    SERVER
        .superuser()
        .sql(
            """
            update identity.session s set auth_time = auth_time - interval '10 minutes'
              from identity.membership m where m.tenant_id = :tenant and m.person_id = s.person_id
            """)
        .param("tenant", UUID.fromString(tenant))
        .update();
    owner.enter(tenant);
    assertThat(owner.write("PUT", path, Map.of("keys", keys(next))).text("code"))
        .isEqualTo("insufficient_user_authentication");
  }
}
