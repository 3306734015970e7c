package dev.cofferdam.server.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.planted.rooms.Rooms;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in again where a route asks for it, over HTTP and the development IdP. */
class StepUpTest {
  /** {@code /v1/safe} asks for more than one factor, within the last five minutes. */
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> context.registerBean(Rooms.class),
          // One person and one address do here what many would.
          "cofferdam.limits.overrides.sign-in.address=6000 per 1m burst 3000",
          "cofferdam.limits.overrides.session.principal=6000 per 1m burst 3000",
          "cofferdam.limits.overrides.session.tenant=60000 per 1m burst 30000");

  private static final String AS_THE_CHALLENGE_SAYS =
      "/step-up?acr_values=multi_factor&max_age=300&return_to=/v1/safe";

  private final WholeBrowser ada = WholeBrowser.of(SERVER, "ada", "pwd");
  private String tenant = "";

  @BeforeEach
  void enter() {
    tenant = ada.found();
    enter(ada, tenant);
  }

  private static void enter(WholeBrowser browser, String tenant) {
    assertThat(browser.send("PUT", "/v1/session/workspace", Map.of("tenant_id", tenant)).status())
        .isEqualTo(200);
  }

  private static String code(Answer answer) {
    return answer.status() < 300 ? "ok" : answer.text("code");
  }

  private long records(String action, String outcome) {
    return SERVER
        .superuser()
        .sql(
            """
            select count(*) from audit.leaf
             where tenant_id = :tenant::uuid and convert_from(record, 'UTF8') like :like
            """)
        .param("tenant", tenant)
        .param("like", "%" + action + "%" + outcome + "%")
        .query(Long.class)
        .single();
  }

  @Test
  void theChallengeLeadsToTheIdentityProviderAndBackToTheSameSession() {
    Answer challenge = ada.get("/v1/safe");
    assertThat(code(challenge)).isEqualTo("insufficient_user_authentication");
    assertThat(challenge.http().headers().firstValue("WWW-Authenticate").orElseThrow())
        .isEqualTo(
            "Bearer realm=\"cofferdam\", error=\"insufficient_user_authentication\","
                + " acr_values=\"multi_factor\", max_age=\"300\"");
    assertThat(records("room.see", "insufficient_user_authentication")).isOne();

    String before = ada.session();
    Answer sent = ada.get(AS_THE_CHALLENGE_SAYS);
    assertThat(WholeBrowser.location(sent).getQuery())
        .contains("prompt=login", "max_age=300", "acr_values=mfa ");
    Answer back = ada.follow(sent, "ada", "mfa");
    assertThat(back.status()).as(back.http().body()).isEqualTo(303);
    assertThat(WholeBrowser.location(back)).hasToString("/v1/safe");

    assertThat(ada.session()).isNotEqualTo(before);
    assertThat(ada.get("/v1/safe").status()).isEqualTo(200);
    Answer me = ada.get("/v1/me");
    assertThat(me.text("acr")).isEqualTo("multi_factor");
    assertThat(me.body().path("workspace").path("tenant_id").asString()).isEqualTo(tenant);
    assertThat(records("session.stepped_up", "multi_factor")).isOne();
    ada.session(before);
    assertEnded();
  }

  @Test
  void aPageLeadsThereByOneLinkAndSendsNothingAgain() {
    Answer refused = ada.page("/planted/safe?colour=red");
    assertThat(refused.status()).isEqualTo(401);
    String link =
        "/step-up?acr_values=multi_factor&amp;max_age=300&amp;return_to=%2Fplanted%2Fsafe%3Fcolour%3Dred";
    assertThat(refused.http().body()).contains("href=\"" + link + "\"", "nothing was done");
    Answer posted = ada.form("/planted/safe", Map.of("colour", "red"));
    assertThat(posted.status()).isEqualTo(401);
    assertThat(posted.http().body()).contains("return_to=%2Fplanted%2Fsafe\"");

    Answer back = ada.follow(ada.get(link.replace("&amp;", "&")), "ada", "phr");
    assertThat(WholeBrowser.location(back)).hasToString("/planted/safe?colour=red");
    assertThat(ada.page("/planted/safe?colour=red").http().body()).isEqualTo("seen red");
    assertThat(ada.form("/planted/safe", Map.of("colour", "red")).http().body())
        .isEqualTo("painted red");
  }

  @Test
  void anotherPersonOfTheSameProviderIsRefusedAndTheSessionStaysAsItWas() {
    String before = ada.session();
    Answer back = ada.follow(ada.get(AS_THE_CHALLENGE_SAYS), "grace", "mfa");
    assertThat(back.status()).isEqualTo(403);
    assertThat(code(back)).isEqualTo("forbidden");
    assertThat(ada.session()).isEqualTo(before);
    assertThat(code(ada.get("/v1/safe"))).isEqualTo("insufficient_user_authentication");
    assertThat(records("session.begin", "another_person")).isOne();
  }

  @Test
  void whatWasBegunInOneSessionMakesNoOtherStronger() {
    Answer sent = ada.get(AS_THE_CHALLENGE_SAYS);
    String first = ada.session();
    // The same person, in the same browser, in a session that began meanwhile.
    WholeBrowser other = WholeBrowser.of(SERVER, "ada", "pwd");
    enter(other, tenant);
    ada.session(other.session());
    Answer back = ada.follow(sent, "ada", "mfa");
    assertThat(code(back)).isEqualTo("forbidden");
    assertThat(records("session.begin", "another_session")).isOne();
    assertThat(code(ada.get("/v1/safe"))).isEqualTo("insufficient_user_authentication");
    ada.session(first);
    assertThat(code(ada.get("/v1/safe"))).isEqualTo("insufficient_user_authentication");
  }

  @Test
  void aSessionThatEndedIsNotBroughtBack() {
    Answer sent = ada.get(AS_THE_CHALLENGE_SAYS);
    String first = ada.session();
    assertThat(ada.send("DELETE", "/v1/session", Map.of()).status()).isEqualTo(200);
    ada.session(first);
    assertThat(code(ada.follow(sent, "ada", "mfa"))).isEqualTo("unauthenticated");
    assertEnded();
  }

  private void assertEnded() {
    Soon.holds(() -> code(ada.get("/v1/me")).equals("unauthenticated"));
  }

  @Test
  void whatWasGainedInOneTenantIsWorthNothingInAnother() {
    ada.follow(ada.get(AS_THE_CHALLENGE_SAYS), "ada", "mfa");
    assertThat(code(ada.get("/v1/safe"))).isEqualTo("ok");
    String other = ada.found();
    enter(ada, other);
    assertThat(code(ada.get("/v1/safe"))).isEqualTo("insufficient_user_authentication");
    assertThat(ada.get("/v1/me").text("acr")).isEqualTo("single_factor");
    // Nor by going back: it was of a stay that is over.
    enter(ada, tenant);
    assertThat(code(ada.get("/v1/safe"))).isEqualTo("insufficient_user_authentication");
  }

  @Test
  void whatWasBegunInOneTenantDoesNotCountWhereTheSessionWorksNow() {
    Answer sent = ada.get(AS_THE_CHALLENGE_SAYS);
    enter(ada, ada.found());
    assertThat(code(ada.follow(sent, "ada", "mfa"))).isEqualTo("workspace_changed");
    assertThat(code(ada.get("/v1/safe"))).isEqualTo("insufficient_user_authentication");
  }

  @Test
  void aWeakerWayThanWasAskedForChangesNothing() {
    String before = ada.session();
    Answer back = ada.follow(ada.get(AS_THE_CHALLENGE_SAYS), "ada", "pwd");
    assertThat(code(back)).isEqualTo("sign_in_not_as_asked");
    assertThat(back.text("next")).contains("second factor", "is as it was");
    assertThat(ada.session()).isEqualTo(before);
    assertThat(ada.get("/v1/me").text("acr")).isEqualTo("single_factor");
    assertThat(records("session.begin", "sign_in_not_as_asked")).isOne();
    Answer page =
        ada.page(
            WholeBrowser.choose(
                WholeBrowser.location(ada.get(AS_THE_CHALLENGE_SAYS)), "ada", "pwd"));
    assertThat(page.http().body())
        .contains("did not sign you in as it was asked to")
        .doesNotContain("Nobody is signed in");
  }

  @Test
  void oneAnswerIsGoodForOneStepUp() {
    URI callback =
        WholeBrowser.choose(WholeBrowser.location(ada.get(AS_THE_CHALLENGE_SAYS)), "ada", "mfa");
    assertThat(ada.get(callback).status()).isEqualTo(303);
    String after = ada.session();
    assertThat(code(ada.get(callback))).isEqualTo("unauthenticated");
    assertThat(ada.session()).isEqualTo(after);
  }

  @Test
  void itNeedsASession() {
    assertThat(code(new WholeBrowser(SERVER).get(AS_THE_CHALLENGE_SAYS)))
        .isEqualTo("unauthenticated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acr_values=mfa | acr_values",
        "acr_values=multi_factor%20single_factor | acr_values",
        "max_age=-1 | max_age",
        "max_age=86401 | max_age",
        "return_to=//evil.example | return_to",
        "return_to=https://evil.example | return_to"
      })
  void whatCannotBeAskedForIsRefused(String query, String field) {
    Answer refused = ada.get("/step-up?" + query);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("field")).isEqualTo(field);
  }
}
