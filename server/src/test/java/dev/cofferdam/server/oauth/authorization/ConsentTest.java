package dev.cofferdam.server.oauth.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client asks of people in their browsers, over HTTP. */
class ConsentTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("c" + UUID.randomUUID().toString().substring(0, 13));
  private final AskingClient client = AskingClient.registered(SERVER, owner);

  @Test
  void whoConsentsIsSentToTheClientWithACodeItsStateAndOurName() {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    Answer page = member.get(AskingClient.path(client.asking()));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.http().body())
        .contains("A client asks for access", "Acme", "client.example", client.id)
        .contains("see its groups")
        .doesNotContain("see its people");
    assertThat(page.header("Content-Security-Policy"))
        .contains("form-action 'self' https://client.example;");

    Map<String, String> form = AskingClient.fields(page);
    form.put("answer", "allow");
    Answer answer = member.form("/oauth/authorize", member.token(), form);
    Map<String, String> told = AskingClient.answered(answer);
    assertThat(answer.header("Location")).startsWith(AskingClient.REDIRECT + "?code=");
    assertThat(told)
        .containsOnlyKeys("code", "state", "iss")
        .containsEntry("state", "a state & more")
        .containsEntry("iss", SERVER.uri("").toString());
    assertThat(told.get("code")).matches("cofferdam_code_[0-9a-f]{128}");
    assertThat(answer.header("Cofferdam-Receipt")).isNotEmpty();
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @Test
  void whoDoesNotIsSentToTheClientWithoutOne() {
    Map<String, String> form = client.asking();
    form.put("answer", "deny");
    assertThat(AskingClient.answered(owner.form("/oauth/authorize", owner.token(), form)))
        .containsOnlyKeys("error", "state", "iss")
        .containsEntry("error", "access_denied");
  }

  @Test
  void whoIsNotSignedInComesBackToTheSameRequest() throws IOException, InterruptedException {
    String path = AskingClient.path(client.asking());
    Answer led = new Answer(SERVER.get(path));
    assertThat(led.status()).isEqualTo(303);
    assertThat(led.header("Location")).startsWith("/sign-in?return_to=");
    String back = URLDecoder.decode(led.header("Location").replaceAll("^.*return_to=", ""), UTF_8);
    assertThat(owner.get(back).http().body()).contains("A client asks for access");
  }

  @Test
  void whoWorksElsewhereChoosesTheTenantOfTheClientFirstAndHasAllowedNothingByThat() {
    Browser both = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    both.inOwnTenant("d" + UUID.randomUUID().toString().substring(0, 13));
    Answer page = both.get(AskingClient.path(client.asking()));
    assertThat(page.http().body())
        .contains("Where may A client act?")
        .containsOnlyOnce("name=\"choice\"");
    Answer chosen =
        both.form("/oauth/authorize/workspace", both.token(), AskingClient.fields(page));
    assertThat(chosen.status()).as(chosen.http().body()).isEqualTo(303);
    assertThat(both.get(chosen.header("Location")).http().body())
        .contains("A client asks for access");
  }

  @Test
  void aClientOfATenantAsksNobodyOfAnother() {
    Browser stranger = Browser.ofSomebody(SERVER);
    String elsewhere = stranger.inOwnTenant("e" + UUID.randomUUID().toString().substring(0, 13));
    assertThat(stranger.get(AskingClient.path(client.asking())).status()).isEqualTo(404);
    Map<String, String> form = client.asking();
    form.put("answer", "allow");
    assertThat(stranger.form("/oauth/authorize", stranger.token(), form).status()).isEqualTo(404);
    form.remove("answer");
    form.put("choice", tenant);
    assertThat(stranger.form("/oauth/authorize/workspace", stranger.token(), form).status())
        .isEqualTo(404);
    assertThat(stranger.get("/v1/clients/" + client.id).status()).isEqualTo(404);
    assertThat(stranger.write("DELETE", "/v1/clients/" + client.id, null).status()).isEqualTo(404);
    assertThat(elsewhere).isNotEqualTo(tenant);
    assertThat(owner.get("/v1/clients/" + client.id).status()).isEqualTo(200);
  }

  @Test
  void nobodyConsentsByAnotherSitesDoingOrInAWorkspaceThatWasLeft() {
    Map<String, String> form = client.asking();
    form.put("answer", "allow");
    assertThat(owner.form("/oauth/authorize", "forged", form).status()).isEqualTo(403);
    String before = owner.token();
    owner.inOwnTenant("f" + UUID.randomUUID().toString().substring(0, 13));
    Answer stale = owner.form("/oauth/authorize", before, form);
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.text("code")).isEqualTo("workspace_changed");
  }

  @Test
  void whoHasSignedInLessStronglyOrLongerAgoThanAskedSignsInAgainFirst() {
    Map<String, String> strong = client.asking();
    strong.put("acr_values", "phishing_resistant");
    Answer led = owner.get(AskingClient.path(strong));
    assertThat(led.status()).isEqualTo(303);
    assertThat(led.header("Location"))
        .startsWith("/step-up?acr_values=phishing_resistant&return_to=%2Foauth%2Fauthorize%3F");

    SERVER
        .superuser()
        .sql(
            """
            update identity.session s set auth_time = auth_time - interval '10 minutes'
              from identity.workspace w
             where w.tenant_id = :tenant and w.person_id = s.person_id
            """)
        .param("tenant", UUID.fromString(tenant))
        .update();
    Browser later = owner;
    later.enter(tenant);
    Map<String, String> recent = client.asking();
    recent.put("max_age", "300");
    assertThat(later.get(AskingClient.path(recent)).header("Location"))
        .startsWith("/step-up?acr_values=single_factor&max_age=300&return_to=");
    recent.put("answer", "allow");
    assertThat(later.form("/oauth/authorize", later.token(), recent).header("Location"))
        .startsWith("/oauth/authorize?");
    recent.remove("answer");
    recent.put("max_age", "3600");
    assertThat(later.get(AskingClient.path(recent)).status()).isEqualTo(200);
  }
}
