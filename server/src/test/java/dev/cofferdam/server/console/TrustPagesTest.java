package dev.cofferdam.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trusting issuers, and making rules, on pages. */
class TrustPagesTest {
  private static final String LIST = "/trusted-issuers";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final String tenant = SERVER.newTenant().tenant().toString();
  private final Browser owner = Browser.ofMember(SERVER, tenant, Role.OWNER);

  private Answer trust(Map<String, String> more) {
    Map<String, String> fields =
        new HashMap<>(
            Map.of("label", "builds", "issuer", "https://idp.example", "audience", "cofferdam"));
    fields.putAll(more);
    return owner.form(LIST, owner.token(), fields);
  }

  private String trusted() {
    Answer trusted = trust(Map.of());
    assertThat(trusted.status()).as(trusted.http().body()).isEqualTo(303);
    return trusted.header("Location");
  }

  private Answer rule(String issuer, Map<String, String> more) {
    Map<String, String> fields =
        new HashMap<>(
            Map.of(
                "label",
                "the app",
                "conditions",
                "repository = acme/app\n\nref = main\nref = release",
                "role",
                "auditor",
                "scope",
                "tenant:read"));
    fields.putAll(more);
    return owner.form(issuer + "/rules", owner.token(), fields);
  }

  @Test
  void anOwnerTrustsAnIssuerMakesARuleAndEndsBoth() {
    String issuer = trusted();
    assertThat(owner.get(LIST).http().body()).contains("builds").contains("https://idp.example");

    assertThat(rule(issuer, Map.of()).status()).isEqualTo(303);

    String page = owner.get(issuer).http().body();
    assertThat(page)
        .contains("the app")
        .contains("repository = acme/app")
        .contains("ref = main or release")
        .contains("Never used.")
        .contains(SERVER.uri("/oauth/token").toString());
    String rule = owner.get("/v1" + issuer).body().path("rules").get(0).path("id").asString();
    assertThat(page).contains(rule);

    assertThat(owner.form(issuer + "/rules/remove", owner.token(), Map.of("rule", rule)).status())
        .isEqualTo(303);
    assertThat(owner.get(issuer).http().body()).doesNotContain(rule);
    assertThat(owner.form(issuer + "/remove", owner.token(), Map.of()).status()).isEqualTo(303);
    assertThat(owner.get(issuer).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "label, ' ', A name has",
    "issuer, http://idp.example, no issuer",
    "issuer, https://idp.example/#a, no issuer",
    "jwks_url, http://idp.example/keys, https address",
    "audience, two words, without spaces"
  })
  void whatIsWrongIsSaidAtItsFieldAndNothingTypedIsLost(String field, String value, String said) {
    Answer again = trust(Map.of(field, value));
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.http().body())
        .contains(said)
        .contains("aria-describedby=\"wrong " + field + "-hint\"")
        .contains("value=\"" + (field.equals("audience") ? value : "cofferdam") + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"repository", "= acme/app", "aud = cofferdam", "ref = main\nref = main"})
  void aRuleSaysAClaimAndAValueToEachLine(String conditions) {
    Answer again = rule(trusted(), Map.of("conditions", conditions));
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.http().body()).contains("a claim and a value to each line");
  }

  @Test
  void aServiceThatNoRuleMakesCannotBeJoined() {
    Answer again = rule(trusted(), Map.of("service_id", "a service"));
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.http().body()).contains("no id of a service");

    assertThat(rule(trusted(), Map.of("service_id", tenant)).status()).isEqualTo(404);
  }

  @Test
  void onlyOwnersHaveTheForms() {
    String issuer = trusted();
    for (Role role : List.of(Role.ADMIN, Role.AUDITOR)) {
      Browser other = Browser.ofMember(SERVER, tenant, role);
      for (String path : List.of(LIST, issuer)) {
        assertThat(other.get(path).http().body())
            .contains("builds")
            .doesNotContain("class=\"sheet\"");
      }
      assertThat(other.form(issuer + "/remove", other.token(), Map.of()).status()).isEqualTo(403);
    }
    assertThat(Browser.ofMember(SERVER, tenant, Role.MEMBER).get(LIST).status()).isEqualTo(403);
  }
}
