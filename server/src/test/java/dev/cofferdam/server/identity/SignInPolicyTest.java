package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a tenant asks of sign-ins, at its entrance and within. */
class SignInPolicyTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SignedIn owner = SignedIn.somebody(SERVER);
  private final TenantId tenant = owner.tenant(Role.OWNER);

  private Browser strong() {
    owner.enter(tenant);
    return new Browser(SERVER, owner.handle);
  }

  /** A member who has shown one factor. */
  private Browser weak(Role role) {
    OpenedSession opened =
        SERVER
            .bean(Sessions.class)
            .open(
                new ForeignIdentity(
                    SignedIn.ISSUER,
                    UUID.randomUUID().toString(),
                    "weak@example.com",
                    "Weak",
                    AcrClass.SINGLE_FACTOR,
                    List.of("pwd"),
                    Instant.now()),
                SignedIn.arrival(Optional.empty()));
    SERVER
        .superuser()
        .sql(
            """
            insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
            values (:tenant, :person, :role, now(), now())
            """)
        .param("tenant", tenant.value())
        .param("person", opened.person().value())
        .param("role", Stored.name(role))
        .update();
    return new Browser(SERVER, opened.handle());
  }

  private static Answer ask(Browser by, String least, String version) {
    return by.write(
        "PUT",
        "/v1/tenant/sign-in-policy",
        Map.of("least_acr", least),
        "If-Match",
        '"' + version + '"');
  }

  @Test
  void whoIsTooWeakDoesNotComeInAndWhoIsInIsOutWithinASecond() {
    Browser weak = weak(Role.MEMBER);
    assertThat(weak.enter(tenant.toString()).status()).isEqualTo(200);
    assertThat(weak.get("/v1/tenant").status()).isEqualTo(200);
    Browser boss = strong();
    Answer asked = ask(boss, "multi_factor", "0");
    assertThat(asked.status()).as(asked.http().body()).isEqualTo(200);

    Soon.holds(() -> weak.get("/v1/tenant").status() != 200);
    assertThat(weak.get("/v1/tenant").text("code")).isEqualTo("workspace_required");
    weak.cookie(weak.cookie());
    Answer refused = weak.enter(tenant.toString());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.text("code")).isEqualTo("insufficient_user_authentication");
    assertThat(refused.http().headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("multi_factor");
    assertThat(boss.get("/v1/tenant").status()).as("who is strong enough stays").isEqualTo(200);
    Answer page = weak.form("/workspaces/enter", weak.token(), Map.of("choice", tenant.toString()));
    assertThat(page.status()).isEqualTo(401);

    assertThat(ask(boss, "single_factor", "1").status()).isEqualTo(200);
    assertThat(weak.enter(tenant.toString()).status()).isEqualTo(200);
  }

  @Test
  void nobodyShutsThemselvesOutAndNobodyWithoutTheRightAsksForAnything() {
    Browser boss = strong();
    assertThat(ask(boss, "phishing_resistant", "0").status()).isEqualTo(401);
    assertThat(boss.get("/v1/tenant/sign-in-policy").text("least_acr")).isEqualTo("single_factor");
    Browser admin = weak(Role.ADMIN);
    admin.enter(tenant.toString());
    assertThat(ask(admin, "multi_factor", "0").status()).isEqualTo(401);
    Browser member = weak(Role.MEMBER);
    member.enter(tenant.toString());
    assertThat(ask(member, "single_factor", "0").status()).isEqualTo(403);
    assertThat(ask(boss, "strong", "0").text("code")).isEqualTo("invalid_field");
    assertThat(ask(boss, "multi_factor", "0").status()).isEqualTo(200);
    assertThat(ask(boss, "single_factor", "0").text("code")).isEqualTo("precondition_failed");
  }

  @Test
  void theWayBackIsANewSignInOfThatStrength() throws Exception {
    var sent =
        SERVER.send(SERVER.request("/sign-in?acr_values=multi_factor&return_to=/workspaces"));
    assertThat(sent.statusCode()).isEqualTo(303);
    assertThat(sent.headers().firstValue("Location").orElseThrow()).contains("acr_values=");
    assertThat(SERVER.send(SERVER.request("/sign-in?acr_values=none")).statusCode()).isEqualTo(422);
  }
}
