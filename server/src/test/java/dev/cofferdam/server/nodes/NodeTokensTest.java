package dev.cofferdam.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that ask for access tokens with their keys, and with them for what is for nodes. */
class NodeTokensTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final Browser admin = Browser.ofMember(SERVER, tenant.tenant().toString(), Role.ADMIN);
  private final Machine machine = Machine.registered(SERVER, admin, "press");

  private String token() {
    Answer answer = machine.accessToken();
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    assertThat(answer.text("token_type")).isEqualTo("DPoP");
    return answer.text("access_token");
  }

  @Test
  void aNodeIsKnownByATokenThatIsBoundToItsKeyAndIsSeen() {
    Answer known = machine.ask("GET", "/v1/node", token(), null);

    assertThat(known.status()).as(known.http().body()).isEqualTo(200);
    assertThat(known.text("id")).isEqualTo(machine.id().toString());
    assertThat(admin.get("/v1/nodes/" + machine.id()).text("seen_at")).isNotEmpty();
  }

  @Test
  void aTokenIsNothingWithoutTheKeyAndThereIsNoneThatIsNotBound() {
    String token = token();
    Machine other = Machine.registered(SERVER, admin, "other");

    assertThat(machine.accessToken(Map.of()).text("error")).isEqualTo("invalid_dpop_proof");
    assertThat(other.ask("GET", "/v1/node", token, null).status()).isEqualTo(401);
    assertThat(
            machine
                .sent(SERVER.request("/v1/node").header("Authorization", "Bearer " + token))
                .status())
        .isEqualTo(401);
  }

  @Test
  void nodesGetToWhatIsForNodesAndNobodyElseDoes() {
    String token = token();
    for (String path : new String[] {"/v1/tenant", "/v1/nodes", "/v1/projects", "/v1/groups"}) {
      Answer refused = machine.ask("GET", path, token, null);
      assertThat(refused.status()).as(path).isEqualTo(403);
      assertThat(refused.text("code")).isEqualTo("forbidden");
    }
    assertThat(machine.ask("GET", "/v1/me", token, null).text("code")).isEqualTo("person_required");
    assertThat(admin.get("/v1/node").text("code")).isEqualTo("forbidden");
    assertThat(
            Browser.ofMember(SERVER, tenant.tenant().toString(), Role.OWNER)
                .get("/v1/node")
                .text("code"))
        .isEqualTo("forbidden");
  }

  @Test
  void aRevokedNodeIsRefusedWithinASecondAndGetsNoTokenAtOnce() {
    String token = token();
    assertThat(machine.ask("GET", "/v1/node", token, null).status()).isEqualTo(200);

    admin.write("DELETE", "/v1/nodes/" + machine.id(), null);

    assertThat(machine.accessToken().text("error")).isEqualTo("invalid_client");
    Soon.holds(() -> machine.ask("GET", "/v1/node", token, null).status() == 401);
  }

  @Test
  void afterAnExchangeTheOlderKeyIsNobodysWithinASecond() {
    String token = token();
    Machine next = new Machine(SERVER);
    Answer changed =
        machine.ask(
            "POST",
            "/v1/node/keys",
            token,
            Map.of(
                "statement",
                NodeStatement.change(
                    next.key,
                    next.receivingKey(),
                    machine.id().toString(),
                    machine.key.jwk().thumbprint(),
                    machine.origin(),
                    Instant.now().getEpochSecond())));
    assertThat(changed.status()).as(changed.http().body()).isEqualTo(200);
    assertThat(changed.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(changed.text("authentication_key")).isEqualTo(next.key.jwk().thumbprint());

    // Where a server still remembers the older key, it is no key that a token may be bound to.
    assertThat(machine.accessToken().text("error")).isIn("invalid_client", "invalid_dpop_proof");
    Soon.holds(() -> machine.ask("GET", "/v1/node", token, null).status() == 401);
    next.become(machine);
    assertThat(next.accessToken().status()).isEqualTo(200);
  }
}
