package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.WholeBrowser;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantData;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.Letters;
import dev.cofferdam.server.testing.NameServer;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;

/** People sign in at a tenant's own provider, which says what it likes, over HTTP. */
class TenantProvidersTest {
  private static final String SECRET = "a secret that was agreed on";
  private static final ScriptedIdp IDP = idp();
  private static final NameServer DNS = NameServer.start();

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          "cofferdam.egress.allowed-to-tenants=127.0.0.1:" + IDP.port(),
          "cofferdam.egress.name-servers=" + DNS.address(),
          "cofferdam.limits.overrides.sign-in.address=100000 per 1m burst 100000");

  private final Tenant acme = new Tenant();
  private final Tenant rival = new Tenant();
  private final String subject = "s-" + UUID.randomUUID();

  private static ScriptedIdp idp() {
    try {
      return new ScriptedIdp(Clock.systemUTC());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void end() {
    IDP.end();
    DNS.close();
  }

  @AfterEach
  void behave() {
    IDP.document = document -> {};
    IDP.claims = claims -> {};
    IDP.tokenStatus = 200;
  }

  /** A tenant with an owner whom the platform's provider knows. */
  private static final class Tenant {
    private final TenantId id = SERVER.newTenant().tenant();
    private final Browser boss = Browser.ofMember(SERVER, id.toString(), Role.OWNER);

    Answer bring(String leastAcr) {
      return bring(Map.of("least_acr", leastAcr));
    }

    Answer bring(Map<String, ?> more) {
      Map<String, Object> body =
          new HashMap<>(
              Map.of(
                  "alias",
                  "own-" + UUID.randomUUID(),
                  "issuer",
                  IDP.issuer(),
                  "client_id",
                  "us",
                  "client_secret",
                  SECRET,
                  "multi_factor",
                  List.of("mfa")));
      body.putAll(more);
      return boss.post("/v1/identity-providers", body);
    }

    Answer change(String provider, String how) {
      String path = "/v1/identity-providers/" + provider;
      String version = boss.get(path).text("version");
      return how.equals("remove")
          ? boss.write("DELETE", path, null, "If-Match", '"' + version + '"')
          : boss.write("POST", path + "/" + how, null, "If-Match", '"' + version + '"');
    }

    String state(String provider) {
      return boss.get("/v1/identity-providers/" + provider).text("state");
    }

    /** A provider that was tried and is active. */
    String active(String leastAcr) {
      return active(Map.of("least_acr", leastAcr));
    }

    String active(Map<String, ?> more) {
      Answer made = bring(more);
      assertThat(made.status()).as(made.http().body()).isEqualTo(201);
      String provider = made.text("id");
      assertThat(tried(provider).status()).isEqualTo(303);
      Answer active = change(provider, "activate");
      assertThat(active.text("state")).as(active.http().body()).isEqualTo("active");
      return provider;
    }

    Answer tried(String provider) {
      WholeBrowser browser = new WholeBrowser(SERVER);
      browser.session(boss.cookie());
      return back(browser, browser.get("/sign-in/trial/" + provider), provider);
    }

    String page(String provider) {
      return boss.get("/identity-providers/" + provider).http().body();
    }

    /** As if it had lasted, and its owners had been written to. */
    void knowsThatItFails(String provider) {
      SERVER
          .superuser()
          .sql(
              """
              update identity.provider set told_failing = true, told_failing_at = now(), letter_due = null
               where provider_id = :provider
              """)
          .param("provider", UUID.fromString(provider))
          .update();
    }

    /** What came of the last trial: its outcome, and the fault where it was refused. */
    String trial(String provider) {
      Answer read = boss.get("/v1/identity-providers/" + provider);
      return (read.text("trial_outcome") + " " + read.text("trial_fault")).strip();
    }

    /** What owners were written of this provider. */
    List<String> letters(String provider) {
      String alias = boss.get("/v1/identity-providers/" + provider).text("alias");
      return Letters.to("someone@example.com").stream()
          .filter(letter -> letter.contains(alias))
          .toList();
    }

    void proves(String domain) {
      Answer claim = boss.post("/v1/domains", Map.of("name", domain));
      DNS.set(claim.text("txt_name"), claim.text("txt_value"));
      Answer checked = boss.write("POST", "/v1/domains/" + claim.text("id") + "/check", null);
      assertThat(checked.text("state")).as(checked.http().body()).isEqualTo("proven");
    }

    /** As if invited. */
    void takesIn(String person, Role role) {
      SERVER
          .superuser()
          .sql(
              """
              insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
              values (:tenant, :person, :role, now(), now())
              """)
          .param("tenant", id.value())
          .param("person", UUID.fromString(person))
          .param("role", role.name().toLowerCase(Locale.ROOT))
          .update();
    }
  }

  /** From where the server sent a browser, to where the provider sends it back. */
  private static Answer back(WholeBrowser browser, Answer sent, String place) {
    assertThat(sent.status()).as(sent.http().body()).isEqualTo(303);
    return browser.get(answer(sent, place));
  }

  private static URI answer(Answer sent, String place) {
    Map<String, String> asked =
        new HashMap<>(ScriptedIdp.fields(WholeBrowser.location(sent).getRawQuery()));
    IDP.nonce = asked.getOrDefault("nonce", "");
    return SERVER.uri(
        "/sign-in/callback"
            + (place.isEmpty() ? "" : "/" + place)
            + "?code=c&state="
            + asked.get("state")
            + "&iss="
            + URLEncoder.encode(IDP.issuer(), UTF_8));
  }

  private void says(String email, String acr) {
    IDP.claims =
        claims ->
            claims
                .put("sub", subject)
                .put("email", email)
                .put("email_verified", true)
                .put("acr", acr)
                .put("auth_time", Clock.systemUTC().instant().getEpochSecond());
  }

  private static WholeBrowser signedIn(String provider) {
    WholeBrowser browser = new WholeBrowser(SERVER);
    Answer back = back(browser, browser.get("/sign-in/with/" + provider), provider);
    assertThat(back.status()).as(back.http().body()).isEqualTo(303);
    return browser;
  }

  @Test
  void itIsTriedBeforeAnybodyReliesOnItAndItsSecretIsNeverSeen() {
    Answer made = acme.bring("single_factor");
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    String provider = made.text("id");
    assertThat(made.http().body()).doesNotContain(SECRET);
    assertThat(acme.boss.get("/v1/identity-providers").http().body()).doesNotContain(SECRET);
    assertThat(acme.change(provider, "activate").text("code")).isEqualTo("conflict");
    WholeBrowser stranger = new WholeBrowser(SERVER);
    Answer inactive = stranger.get("/sign-in/with/" + provider);
    Answer none = stranger.get("/sign-in/with/" + UUID.randomUUID());
    assertThat(inactive.withoutRequestId()).isEqualTo(none.withoutRequestId());
    assertThat(inactive.status()).isEqualTo(404);

    Answer tried = acme.tried(provider);
    assertThat(tried.status()).as(tried.http().body()).isEqualTo(303);
    assertThat(tried.http().headers().allValues("Set-Cookie")).isEmpty();
    assertThat(IDP.authorization).startsWith("Basic ");
    assertThat(acme.change(provider, "activate").text("state")).isEqualTo("active");
    assertThat(rival.boss.get("/v1/identity-providers/" + provider).status()).isEqualTo(404);
  }

  @Test
  void itsPeopleComeIntoItsTenantAndIntoNoOther() {
    String domain = "d" + UUID.randomUUID() + ".example";
    String address = "ann@" + domain;
    acme.proves(domain);
    String provider = acme.active("single_factor");
    says(address, "pwd");
    WholeBrowser ann = signedIn(provider);
    Answer me = ann.get("/v1/me");
    assertThat(me.text("email")).isEqualTo(address);
    assertThat(enter(ann, acme).status()).as("a sign-in makes no member").isEqualTo(404);

    String theirs = code(rival, address);
    assertThat(accept(ann, theirs).text("code")).isEqualTo("address_mismatch");
    Answer founded =
        ann.send("POST", "/v1/tenants", Map.of("slug", "s" + UUID.randomUUID(), "name", "S"));
    assertThat(founded.status()).as(founded.http().body()).isEqualTo(403);
    assertThatThrownBy(() -> rival.takesIn(me.text("person_id"), Role.MEMBER))
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("own provider");

    Answer accepted = accept(ann, code(acme, address));
    assertThat(accepted.status()).as(accepted.http().body()).isEqualTo(200);
    assertThat(enter(ann, acme).status()).isEqualTo(200);
    assertThat(enter(ann, rival).status()).isEqualTo(404);
  }

  private static Answer enter(WholeBrowser who, Tenant tenant) {
    return who.send("PUT", "/v1/session/workspace", Map.of("tenant_id", tenant.id.toString()));
  }

  private static String code(Tenant tenant, String address) {
    int before = Letters.to(address).size();
    Answer made = tenant.boss.post("/v1/invites", Map.of("email", address, "role", "member"));
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    return Letters.code(address, before + 1);
  }

  private static Answer accept(WholeBrowser who, String code) {
    return who.send("POST", "/v1/invitation/accept", Map.of("code", code));
  }

  @Test
  void theSameSubjectOfTheSameIssuerIsAnotherPersonElsewhere() {
    String domain = "d" + UUID.randomUUID() + ".example";
    acme.proves(domain);
    says("ann@" + domain, "pwd");
    Answer here = signedIn(acme.active("single_factor")).get("/v1/me");
    Answer there = signedIn(rival.active("single_factor")).get("/v1/me");
    assertThat(here.text("person_id")).isNotEmpty().isNotEqualTo(there.text("person_id"));
    assertThat(there.text("email")).as("a domain that this tenant has not proven").isEmpty();
  }

  @Test
  void anAnswerComesToThePlaceOfItsOwnProvider() {
    String own = acme.active("single_factor");
    String other = rival.active("single_factor");
    for (String place : List.of("", other)) {
      WholeBrowser browser = new WholeBrowser(SERVER);
      Answer sent = browser.get("/sign-in/with/" + own);
      assertThat(WholeBrowser.location(sent).getRawQuery())
          .contains(URLEncoder.encode("/sign-in/callback/" + own, UTF_8));
      IDP.tokenRequest = Map.of();
      assertThat(browser.get(answer(sent, place)).status()).isEqualTo(401);
      assertThat(IDP.tokenRequest).as("its code goes nowhere").isEmpty();
    }
    WholeBrowser browser = new WholeBrowser(SERVER);
    assertThat(browser.get(answer(browser.get("/sign-in"), own)).status()).isEqualTo(401);
  }

  @Test
  void whatIsTooWeakForTheProviderOrTheTenantDoesNotComeIn() {
    String strict = acme.active("multi_factor");
    says("ann@nowhere.example", "pwd");
    WholeBrowser weak = new WholeBrowser(SERVER);
    assertThat(back(weak, weak.get("/sign-in/with/" + strict), strict).text("code"))
        .isEqualTo("sign_in_not_as_asked");
    assertThat(weak.get("/v1/me").status()).isEqualTo(401);
    says("ann@nowhere.example", "mfa");
    assertThat(signedIn(strict).get("/v1/me").text("acr")).isEqualTo("multi_factor");

    String easy = acme.active("single_factor");
    asksForTwo(acme);
    WholeBrowser ann = new WholeBrowser(SERVER);
    Answer sent = ann.get("/sign-in/with/" + easy);
    assertThat(WholeBrowser.location(sent).getRawQuery()).contains("acr_values=mfa");
  }

  @Test
  void aProviderThatFailsIsDegradedAndOneThatIsDeactivatedEndsItsSessions() {
    String provider = acme.active("single_factor");
    says("ann@nowhere.example", "pwd");
    WholeBrowser ann = signedIn(provider);
    IDP.tokenStatus = 500;
    WholeBrowser late = new WholeBrowser(SERVER);
    assertThat(back(late, late.get("/sign-in/with/" + provider), provider).status()).isEqualTo(503);
    assertThat(acme.state(provider)).isEqualTo("degraded");
    assertThat(acme.boss.get("/v1/identity-providers/" + provider).text("failing_because"))
        .isEqualTo("tokens");
    assertThat(acme.page(provider)).contains("degraded", "Its token endpoint gave no token");
    acme.knowsThatItFails(provider);
    assertThat(ann.get("/v1/me").status()).as("who is in stays in").isEqualTo(200);
    IDP.tokenStatus = 200;
    signedIn(provider);
    assertThat(acme.state(provider)).isEqualTo("active");
    Soon.holds(() -> acme.letters(provider).size() == 1);
    assertThat(acme.letters(provider).getLast()).contains("works again");
    signedIn(provider);

    assertThat(acme.change(provider, "deactivate").text("state")).isEqualTo("inactive");
    Soon.holds(() -> ann.get("/v1/me").status() == 401);
    assertThat(ann.get("/sign-in/with/" + provider).status()).isEqualTo(404);
    assertThat(acme.change(provider, "remove").status()).isEqualTo(200);
    assertThat(acme.boss.get("/v1/identity-providers/" + provider).status()).isEqualTo(404);
  }

  @Test
  void whoSignedInThereSignsInAgainThereAndVouchesForNoProvider() {
    String provider = acme.active("single_factor");
    says("ann@nowhere.example", "pwd");
    WholeBrowser ann = signedIn(provider);
    acme.takesIn(ann.get("/v1/me").text("person_id"), Role.OWNER);
    assertThat(enter(ann, acme).status()).isEqualTo(200);
    says("ann@nowhere.example", "mfa");
    Answer again = back(ann, ann.get("/step-up?max_age=300&return_to=/v1/me"), provider);
    assertThat(again.status()).as(again.http().body()).isEqualTo(303);
    assertThat(ann.get("/v1/me").text("acr")).isEqualTo("multi_factor");
    Answer refused =
        ann.send(
            "POST",
            "/v1/identity-providers",
            Map.of("alias", "own", "issuer", IDP.issuer(), "client_id", "us"));
    assertThat(refused.text("code")).as(refused.http().body()).isEqualTo("forbidden");

    // An owner whom the tenant's provider alone knows does not count as one.
    assertThat(acme.boss.write("DELETE", "/v1/membership", null).text("code"))
        .isEqualTo("last_owner");
  }

  @Test
  void whoSignedInThereSignsOutThereToo() {
    IDP.document = json -> json.put("end_session_endpoint", IDP.issuer() + "/out");
    String provider = acme.active("single_factor");
    WholeBrowser ann = signedIn(provider);
    String session = ann.get("/v1/me").text("session_id");
    Answer ended = ann.form("/sessions/end", Map.of("session", session));
    String next = WholeBrowser.location(ended).toString();
    assertThat(next).isEqualTo("/signed-out?provider=" + provider);
    assertThat(ann.page(next).http().body())
        .contains("/sign-out/provider?provider=" + provider, "/sign-in/with/" + provider);
    Answer sent = ann.get("/sign-out/provider?provider=" + provider);
    assertThat(WholeBrowser.location(sent).toString())
        .startsWith(IDP.issuer() + "/out?client_id=us&");
  }

  @Test
  void whoIsTooWeakForTheTenantIsLedToTheirOwnProviderAgain() {
    String provider = acme.active("single_factor");
    says("ann@nowhere.example", "pwd");
    WholeBrowser ann = signedIn(provider);
    acme.takesIn(ann.get("/v1/me").text("person_id"), Role.MEMBER);
    asksForTwo(acme);
    Answer refused = ann.form("/workspaces/enter", Map.of("choice", acme.id.toString()));
    assertThat(refused.http().body())
        .contains("/sign-in/again?acr_values=multi_factor&amp;return_to=%2Fworkspaces");
    Answer sent = ann.get("/sign-in/again?acr_values=multi_factor&return_to=/workspaces");
    assertThat(WholeBrowser.location(sent).toString())
        .startsWith(IDP.issuer())
        .contains("acr_values=mfa");
    says("ann@nowhere.example", "mfa");
    assertThat(back(ann, sent, provider).status()).isEqualTo(303);
    assertThat(enter(ann, acme).status()).isEqualTo(200);

    assertThat(acme.boss.get("/sign-in/again").header("Location"))
        .as("who came by the platform's goes there")
        .contains("/authorize?")
        .doesNotContain(IDP.issuer());
  }

  private static void asksForTwo(Tenant tenant) {
    Answer asked =
        tenant.boss.write(
            "PUT",
            "/v1/tenant/sign-in-policy",
            Map.of("least_acr", "multi_factor"),
            "If-Match",
            "\"0\"");
    assertThat(asked.status()).as(asked.http().body()).isEqualTo(200);
  }

  @Test
  void withTheTenantItsPeopleGo() {
    String provider = acme.active("single_factor");
    says("ann@nowhere.example", "pwd");
    WholeBrowser ann = signedIn(provider);
    UUID person = UUID.fromString(ann.get("/v1/me").text("person_id"));
    acme.takesIn(person.toString(), Role.MEMBER);
    SERVER
        .superuser()
        .sql("update tenancy.tenant set state = 'deleting' where tenant_id = :tenant")
        .param("tenant", acme.id.value())
        .update();
    while (SERVER.bean(TenantData.class).erase(acme.id) > 0) {
      // Until nothing is left.
    }
    Soon.holds(() -> ann.get("/v1/me").status() == 401);
    assertThat(
            SERVER
                .superuser()
                .sql("select count(*) from identity.person where person_id = :person")
                .param("person", person)
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void withoutASecretThisServerMakesAKeyAndShowsItsPublicHalf() {
    Answer made =
        acme.boss.post(
            "/v1/identity-providers",
            Map.of("alias", "own", "issuer", IDP.issuer(), "client_id", "us"));
    assertThat(made.text("client_authentication")).isEqualTo("private_key_jwt");
    assertThat(made.text("public_key")).contains("\"crv\":\"P-256\"").doesNotContain("\"d\"");
    assertThat(acme.tried(made.text("id")).status()).isEqualTo(303);
    assertThat(IDP.tokenRequest).containsKey("client_assertion");
  }

  @Test
  void anInactiveOneThatCannotBeTriedSaysWhyAndWritesToNobody() {
    String provider = acme.bring("single_factor").text("id");
    IDP.tokenStatus = 500;
    assertThat(acme.tried(provider).status()).isEqualTo(503);
    assertThat(acme.state(provider)).isEqualTo("inactive");
    assertThat(acme.page(provider)).contains("could not be tried", "gave no token");
    IDP.tokenStatus = 200;
    assertThat(acme.tried(provider).status()).isEqualTo(303);
    assertThat(acme.page(provider)).contains("can be activated").doesNotContain("gave no token");
    assertThat(acme.letters(provider)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "aud, them, AUDIENCE",
    "iss, https://evil.example, ISSUER",
    "nonce, another, NONCE",
    "sub, '', SUBJECT",
    "acr, pwd, ACR",
    "name, 7, MALFORMED",
    "azp, them, AUTHORIZED_PARTY",
    "exp, 1, EXPIRED",
    "nbf, 9999999999, NOT_YET_VALID",
    "at_hash, wrong, ACCESS_TOKEN"
  })
  void whoTriesItLearnsWhichCheckFailed(String claim, String value, SignInFault fault) {
    String provider = acme.bring("multi_factor").text("id");
    IDP.claims =
        claims -> {
          if (value.matches("\\d+")) {
            claims.put(claim, Long.parseLong(value));
          } else {
            claims.put(claim, value);
          }
        };
    Answer tried = acme.tried(provider);
    assertThat(tried.header("Location")).isEqualTo("/identity-providers/" + provider);
    assertThat(acme.page(provider)).contains("did not come through", fault.sentence());
    assertThat(acme.trial(provider)).isEqualTo("refused " + fault.label());
    assertThat(acme.change(provider, "activate").text("code")).isEqualTo("conflict");

    behave();
    acme.tried(provider);
    assertThat(acme.trial(provider)).isEqualTo("address_missing");
    assertThat(acme.page(provider)).doesNotContain("did not come through", fault.sentence());
  }

  @Test
  void whatTheProviderSaysOfItIsShownToNobody() {
    String provider = acme.bring("single_factor").text("id");
    WholeBrowser browser = new WholeBrowser(SERVER);
    browser.session(acme.boss.cookie());
    URI answer = answer(browser.get("/sign-in/trial/" + provider), provider);
    Answer declined =
        browser.get(
            URI.create(
                answer
                    .toString()
                    .replace("code=c", "error=evil_words&error_description=evil_words")));
    assertThat(declined.header("Location")).isEqualTo("/identity-providers/" + provider);
    assertThat(acme.trial(provider)).isEqualTo("declined");
    assertThat(acme.page(provider))
        .contains("sent back an error instead of a sign-in")
        .doesNotContain("evil_words");

    IDP.tokenStatus = 400;
    acme.tried(provider);
    assertThat(acme.trial(provider)).isEqualTo("refused code");
    IDP.tokenStatus = 500;
    assertThat(acme.tried(provider).status()).isEqualTo(503);
    assertThat(acme.trial(provider)).isEqualTo("unavailable");
  }

  @Test
  void whoDoesNotTryItLearnsNothingAndChangesNothing() {
    String provider = acme.active("single_factor");
    String before = acme.boss.get("/v1/identity-providers/" + provider).http().body();
    IDP.claims = claims -> claims.put("aud", "them");
    WholeBrowser person = new WholeBrowser(SERVER);
    Answer refused = back(person, person.get("/sign-in/with/" + provider), provider);
    assertThat(refused.text("code")).isEqualTo("unauthenticated");
    assertThat(refused.http().body()).doesNotContain("audience");

    Browser other = Browser.ofMember(SERVER, acme.id.toString(), Role.OWNER);
    for (String session : List.of(other.cookie(), rival.boss.cookie())) {
      WholeBrowser browser = new WholeBrowser(SERVER);
      browser.session(acme.boss.cookie());
      Answer sent = browser.get("/sign-in/trial/" + provider);
      browser.session(session);
      assertThat(back(browser, sent, provider).text("code")).isEqualTo("unauthenticated");
    }
    assertThat(acme.boss.get("/v1/identity-providers/" + provider).http().body()).isEqualTo(before);
  }

  @Test
  void whatBecomesOfTheAddressIsSaidWhenItIsTried() {
    String domain = "d" + UUID.randomUUID() + ".example";
    String provider = acme.bring("single_factor").text("id");
    says("ann@" + domain, "pwd");
    acme.tried(provider);
    assertThat(acme.trial(provider)).isEqualTo("address_unproven");
    acme.proves(domain);
    acme.tried(provider);
    assertThat(acme.trial(provider)).isEqualTo("passed");
    IDP.claims = claims -> claims.put("email", "ann@" + domain).put("email_verified", "true");
    acme.tried(provider);
    assertThat(acme.trial(provider)).isEqualTo("address_unverified");
    assertThat(acme.page(provider)).contains("Have it send email_verified");
  }

  @Test
  void aTenantNamesTheClaimsAndItsDomainsSpeakForAddresses() {
    String domain = "d" + UUID.randomUUID() + ".example";
    acme.proves(domain);
    Map<String, Object> mapped =
        Map.of("name_claim", "display", "email_claim", "upn", "verified_by_domain", true);
    String provider = acme.active(mapped);
    Answer read = acme.boss.get("/v1/identity-providers/" + provider);
    assertThat(read.text("name_claim")).isEqualTo("display");
    assertThat(read.text("email_claim")).isEqualTo("upn");
    assertThat(read.http().body()).contains("\"verified_by_domain\":true");
    assertThat(acme.page(provider))
        .contains("<code>display</code>", "<code>upn</code>", "its domain vouches for it");

    IDP.claims =
        claims ->
            claims
                .put("sub", subject)
                .put("name", "Not She")
                .put("email", "not-she@" + domain)
                .put("email_verified", false)
                .put("display", "Ann")
                .put("upn", "ann@" + domain);
    Answer me = signedIn(provider).get("/v1/me");
    assertThat(me.text("email")).isEqualTo("ann@" + domain);
    assertThat(me.text("name")).isEqualTo("Ann");
    IDP.claims = claims -> claims.put("sub", subject).put("upn", "ann@elsewhere.example");
    assertThat(signedIn(provider).get("/v1/me").text("email"))
        .as("the tenant speaks for no other domain")
        .isEmpty();
    IDP.claims = claims -> claims.put("sub", subject).put("upn", "ann@" + domain);
    assertThat(signedIn(rival.active(mapped)).get("/v1/me").text("email"))
        .as("nor for another tenant's")
        .isEmpty();
  }

  @Test
  void domainsSpeakForAddressesOnlyWhereThatWasChosenAndTheProviderIsSilent() {
    String domain = "d" + UUID.randomUUID() + ".example";
    acme.proves(domain);
    String address = "ann@" + domain;
    String plain = acme.active("single_factor");
    String silent = acme.active(Map.of("verified_by_domain", true));
    IDP.claims = claims -> claims.put("email", address);
    assertThat(signedIn(plain).get("/v1/me").text("email")).isEmpty();
    assertThat(signedIn(silent).get("/v1/me").text("email")).isEqualTo(address);
    IDP.claims = claims -> claims.put("email", address).put("email_verified", false);
    assertThat(signedIn(silent).get("/v1/me").text("email"))
        .as("the provider says that it did not verify it")
        .isEmpty();
  }

  @Test
  void theSameOnPages() {
    String token = acme.boss.token();
    Map<String, String> form =
        Map.of(
            "alias", "staff",
            "issuer", IDP.issuer(),
            "client_id", "us",
            "client_secret", SECRET,
            "multi_factor", "mfa  hwk",
            "phishing_resistant", "",
            "least_acr", "single_factor");
    Map<String, String> wrong = new HashMap<>(form);
    wrong.put("issuer", "http://idp.example");
    Answer again = acme.boss.form("/identity-providers", token, wrong);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.http().body())
        .contains("That is no issuer", "value=\"staff\"", "aria-describedby=\"wrong issuer-hint\"")
        .doesNotContain(SECRET);
    wrong.put("issuer", IDP.issuer());
    wrong.put("email_claim", "upn");
    assertThat(acme.boss.form("/identity-providers", token, wrong).http().body())
        .contains("or no address would count", "value=\"upn\"");
    Answer made = acme.boss.form("/identity-providers", token, form);
    assertThat(made.status()).as(made.http().body()).isEqualTo(303);
    String path = made.header("Location");
    String provider = path.substring(path.lastIndexOf('/') + 1);
    assertThat(acme.boss.form("/identity-providers", token, form).http().body())
        .contains("Another provider here is called so.");
    assertThat(acme.boss.get("/identity-providers").http().body()).contains("staff", path);
    assertThat(acme.page(provider))
        .contains(
            SERVER.uri("/sign-in/callback/" + provider).toString(),
            SERVER.uri("/sign-in/with/" + provider).toString(),
            "<code>mfa hwk</code>",
            "Try it",
            "never")
        .doesNotContain(SECRET, "Activate</button>");
    assertThat(acme.tried(provider).status()).isEqualTo(303);
    assertThat(acme.page(provider)).contains("Activate</button>");
    assertThat(acme.boss.form(path + "/activate", token, Map.of("version", "1")).status())
        .as("what was read is not what there is")
        .isEqualTo(412);
    assertThat(acme.boss.form(path + "/activate", token, Map.of("version", "2")).status())
        .isEqualTo(303);
    assertThat(acme.page(provider)).contains("Deactivate</button>", ">active<");
    Browser admin = Browser.ofMember(SERVER, acme.id.toString(), Role.ADMIN);
    assertThat(admin.get(path).http().body())
        .contains("staff", "href=\"/identity-providers\"")
        .doesNotContain("<button>", "Try it");
    assertThat(rival.boss.get(path).status()).isEqualTo(404);
    assertThat(
            Browser.ofMember(SERVER, acme.id.toString(), Role.MEMBER)
                .get("/identity-providers")
                .status())
        .isEqualTo(403);
    assertThat(acme.boss.form(path + "/deactivate", token, Map.of("version", "3")).status())
        .isEqualTo(303);
    assertThat(acme.boss.form(path + "/remove", token, Map.of("version", "4")).status())
        .isEqualTo(303);
    assertThat(acme.boss.get("/identity-providers").http().body()).contains("None was brought yet");
  }

  @Test
  void whatCannotBeAProviderIsRefusedByItsField() {
    Map<String, Object> good =
        Map.of("alias", "own", "issuer", "https://idp.example", "client_id", "us");
    Map<String, Object> wrong =
        Map.of(
            "alias", "Own!",
            "issuer", "http://idp.example",
            "client_id", "",
            "client_secret", "short",
            "least_acr", "multi_factor",
            "name_claim", "sub",
            "email_claim", "two words",
            "verified_by_domain", false);
    wrong.forEach(
        (field, value) -> {
          Map<String, Object> body = new HashMap<>(good);
          body.put(field, value);
          if (field.equals("verified_by_domain")) {
            body.put("email_claim", "upn");
          }
          Answer refused = acme.boss.post("/v1/identity-providers", body);
          assertThat(refused.text("code")).as(field).isEqualTo("invalid_field");
          assertThat(refused.http().body()).contains(field);
        });
    assertThat(acme.boss.post("/v1/identity-providers", good).status()).isEqualTo(201);
    assertThat(acme.boss.post("/v1/identity-providers", good).text("code")).isEqualTo("name_taken");
    assertThat(
            Browser.ofMember(SERVER, acme.id.toString(), Role.ADMIN)
                .post("/v1/identity-providers", good)
                .status())
        .isEqualTo(403);
  }
}
