package dev.cofferdam.server.oauth.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.oauth.authorization.AskingClient;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A token of a person's own that a terminal asks for and is handed (RFC 9396), and the sign-in that
 * a program may ask for (RFC 9470), over HTTP.
 */
class DeviceTokenTest {
  private static final int MOST = 2;

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          "cofferdam.limits.overrides.issue.address=6000 per 1m burst 3000",
          "cofferdam.limits.overrides.device.address=6000 per 1m burst 3000",
          "cofferdam.limits.overrides.user-code.address=6000 per 1m burst 3000",
          "cofferdam.limits.overrides.token.principal=3 per 1h burst 3",
          "cofferdam.tokens.most-per-person=" + MOST);

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("t" + UUID.randomUUID().toString().substring(0, 13));

  private static String details(String label, String scope) {
    return "[{\"type\":\"personal_token\",\"label\":\"%s\",\"scopes\":[\"%s\"],\"expires_in_days\":30}]"
        .formatted(label, scope);
  }

  private static AskingDevice wanting(String label, String scope) {
    return AskingDevice.asking(
        SERVER,
        Map.of(
            "client_id",
            AskingDevice.COMMAND_LINE,
            "authorization_details",
            details(label, scope)));
  }

  private static Answer get(String token, String path) throws Exception {
    return new Answer(
        SERVER.send(SERVER.request(path).header("Authorization", "Bearer " + token).GET()));
  }

  private static int tokens(Browser person) {
    return person.get("/v1/tokens").body().path("items").size();
  }

  private List<String> recorded() {
    return Scopes.call(
        new Scope.OfTenant(new TenantId(UUID.fromString(tenant)), new Placement.Shared()),
        () ->
            SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                .map(stored -> stored.record().action())
                .filter(action -> action.matches("(client_grant|device|token)[.].*"))
                .sorted()
                .toList());
  }

  private void assertRecorded(String... expected) {
    assertThat(Soon.first(this::recorded, seen -> seen.size() >= expected.length))
        .containsExactly(expected);
  }

  /** As if they had signed in in another way, or at another time. */
  private void signedIn(Browser person, String acr, String when) {
    SERVER
        .superuser()
        .sql(
            """
            update identity.session s set acr = :acr, auth_time = now() + :at::interval
              from identity.membership m where m.tenant_id = :tenant and m.person_id = s.person_id
            """)
        .param("acr", acr)
        .param("at", when)
        .param("tenant", UUID.fromString(tenant))
        .update();
    person.enter(tenant);
  }

  @Test
  void aTerminalIsHandedTheVeryTokenThatItsPersonMade() throws Exception {
    AskingDevice device = wanting("nightly <export>", "tenant:read");
    assertThat(device.poll().text("error")).isEqualTo("authorization_pending");
    Answer page = device.opened(owner);
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    assertThat(page.http().body())
        .contains("Cofferdam command line asks for a token", "nobody but itself", "Acme")
        .contains("nightly &lt;export&gt;", "30 days", "see the name and state of the workspace")
        .contains("Make the token")
        .doesNotContain("see its people");
    Answer answered = device.answered(owner, "allow");
    assertThat(answered.status()).as(answered.http().body()).isEqualTo(303);
    assertThat(tokens(owner)).as("there is none before it is fetched").isZero();

    Answer made = device.poll();
    assertThat(made.status()).as(made.http().body()).isEqualTo(200);
    assertThat(made.header("Cache-Control")).contains("no-store");
    assertThat(made.header("Cofferdam-Receipt")).isNotEmpty();
    String token = made.text("access_token");
    assertThat(token).matches("cofferdam_pat_[0-9a-f]{96}");
    assertThat(made.text("token_type")).isEqualTo("Bearer");
    assertThat(made.text("scope")).isEqualTo("tenant:read");
    assertThat(made.body().has("refresh_token")).isFalse();
    assertThat(made.body().path("expires_in").asInt()).isEqualTo(30 * 86_400);
    var details = made.body().path("authorization_details").get(0);
    assertThat(details.path("type").asString()).isEqualTo("personal_token");
    assertThat(details.path("label").asString()).isEqualTo("nightly <export>");
    assertThat(owner.get("/v1/tokens").body().path("items").get(0).path("id").asString())
        .isEqualTo(details.path("identifier").asString());
    assertThat(get(token, "/v1/tenant").text("tenant_id")).isEqualTo(tenant);
    assertThat(get(token, "/v1/groups").text("code")).isEqualTo("insufficient_scope");
    assertThat(owner.get("/v1/client-grants").body().path("items").size())
        .as("the terminal itself has got nothing else")
        .isZero();
    assertRecorded("device.allowed", "token.made");

    Answer again = device.poll();
    assertThat(again.text("error")).as("somebody has a copy").isEqualTo("invalid_grant");
    Soon.holds(() -> get(token, "/v1/tenant").status() == 401);
    assertRecorded("device.allowed", "token.made", "token.reused");
  }

  @Test
  void whoHasNotJustSignedInWithMoreThanOneFactorMakesNone() {
    for (List<String> weak :
        List.of(List.of("multi_factor", "-6 min"), List.of("single_factor", "0"))) {
      signedIn(owner, weak.getFirst(), weak.getLast());
      AskingDevice device = wanting("x", "tenant:read");
      assertThat(device.opened(owner).http().body())
          .contains("Sign in again first", "with more than one factor")
          .contains("/step-up?acr_values=multi_factor&amp;max_age=300&amp;return_to=%2Fdevice")
          .doesNotContain("Make the token");
      Answer refused = device.answered(owner, "allow");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate"))
          .contains("insufficient_user_authentication", "max_age=\"300\"");
      assertThat(device.poll().text("error")).isEqualTo("authorization_pending");
      assertThat(device.answered(owner, "deny").status()).as("no is said by anyone").isEqualTo(303);
      assertThat(device.poll().text("error")).isEqualTo("access_denied");
    }
    assertThat(tokens(owner)).isZero();
  }

  @Test
  void whatWasAllowedCountsAsLongAsTheSessionInWhichItWas() {
    AskingDevice device = wanting("x", "tenant:read");
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    device.answered(member, "allow");
    assertThat(member.write("DELETE", "/v1/session", null).status()).isEqualTo(200);
    assertThat(device.poll().text("error")).isEqualTo("access_denied");
    assertThat(device.poll().text("error")).as("for good").isEqualTo("access_denied");

    AskingDevice promoted = wanting("x", "tenant:read");
    Browser other = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    promoted.answered(other, "allow");
    SERVER
        .superuser()
        .sql(
            "update identity.membership set role = 'auditor' where tenant_id = :t and role = 'member'")
        .param("t", UUID.fromString(tenant))
        .update();
    assertThat(promoted.poll().text("error"))
        .as("they are something else than when they allowed it")
        .isEqualTo("access_denied");
    assertThat(
            SERVER
                .superuser()
                .sql("select count(*) from identity.token where tenant_id = :t")
                .param("t", UUID.fromString(tenant))
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void itIsUnderTheLimitsOfThePageOfTokens() {
    for (int n = 0; n < MOST; n++) {
      AskingDevice device = wanting("x", "tenant:read");
      device.answered(owner, "allow");
      assertThat(device.poll().status()).isEqualTo(200);
    }
    AskingDevice many = wanting("x", "tenant:read");
    assertThat(many.answered(owner, "allow").status()).isEqualTo(303);
    assertThat(many.poll().text("error")).as("as many as there may be").isEqualTo("access_denied");
    assertThat(tokens(owner)).isEqualTo(MOST);
    AskingDevice often = wanting("x", "tenant:read");
    assertThat(often.answered(owner, "allow").status()).isEqualTo(429);
    assertThat(often.poll().text("error")).isEqualTo("authorization_pending");
    assertThat(owner.post("/v1/tokens", Map.of()).status()).as("one count for both").isEqualTo(429);
  }

  @Test
  void noTokenAllowsMoreThanItsPersonMay() throws Exception {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    AskingDevice device = wanting("x", "audit:read");
    device.answered(member, "allow");
    String token = device.poll().text("access_token");
    assertThat(get(token, "/v1/audit/records").text("code")).isEqualTo("forbidden");
  }

  @Test
  void whatWasAllowedIsChangedByNobodyAndFetchedByItsClientAlone() {
    AskingClient other = AskingClient.registered(SERVER, owner);
    assertThat(
            AskingDevice.post(
                    SERVER,
                    "/oauth/device",
                    Map.of(
                        "client_id",
                        other.id,
                        "authorization_details",
                        details("x", "tenant:read")))
                .text("error"))
        .as("no other client asks for one")
        .isEqualTo("invalid_authorization_details");
    AskingDevice device = wanting("x", "tenant:read");
    device.answered(owner, "allow");
    Map<String, String> swapped = device.redeeming();
    swapped.put("authorization_details", details("x", "audit:read"));
    assertThat(AskingDevice.post(SERVER, "/oauth/token", swapped).text("error"))
        .isEqualTo("invalid_authorization_details");
    Map<String, String> stolen = device.redeeming();
    stolen.put("client_id", other.id);
    assertThat(AskingDevice.post(SERVER, "/oauth/token", stolen).text("error"))
        .isEqualTo("invalid_grant");
    assertThat(device.poll().text("scope")).isEqualTo("tenant:read");
  }

  @Test
  void aProgramAsksForAStrongerOrNewerSignInAndItsTokenSaysWhatItWas() throws Exception {
    AskingDevice strong = demanding("acr_values", "phishing_resistant");
    assertThat(strong.opened(owner).http().body())
        .contains("Sign in again first", "a stronger or a newer sign-in than yours")
        .contains("/step-up?acr_values=phishing_resistant&amp;return_to=%2Fdevice");
    assertThat(strong.answered(owner, "allow").status()).isEqualTo(422);
    assertThat(strong.poll().text("error")).isEqualTo("authorization_pending");

    signedIn(owner, "phishing_resistant", "-10 min");
    AskingDevice fresh = demanding("max_age", "0");
    assertThat(fresh.opened(owner).http().body())
        .contains("/step-up?acr_values=single_factor&amp;max_age=0&amp;return_to=%2Fdevice");
    assertThat(fresh.answered(owner, "allow").status()).isEqualTo(422);
    assertThat(fresh.poll().text("error")).isEqualTo("authorization_pending");
    assertThat(strong.answered(owner, "allow").status()).as("that is strong enough").isEqualTo(303);
    assertThat(claims(strong.poll()).getStringClaim("acr")).isEqualTo("phishing_resistant");

    signedIn(owner, "multi_factor", "0");
    assertThat(fresh.answered(owner, "allow").status())
        .as("whoever comes back from signing in has done it for this")
        .isEqualTo(303);
    JWTClaimsSet claims = claims(fresh.poll());
    assertThat(claims.getStringClaim("acr")).isEqualTo("multi_factor");
    assertThat(claims.getDateClaim("auth_time"))
        .isAfter(claims.getIssueTime().toInstant().minusSeconds(60));
  }

  private static AskingDevice demanding(String field, String value) {
    return AskingDevice.asking(
        SERVER,
        Map.of("client_id", AskingDevice.COMMAND_LINE, "scope", "tenant:read", field, value));
  }

  private static JWTClaimsSet claims(Answer issued) throws Exception {
    assertThat(issued.status()).as(issued.http().body()).isEqualTo(200);
    return SignedJWT.parse(issued.text("access_token")).getJWTClaimsSet();
  }

  @Test
  void metadataSaysWhatMayBeAskedFor() throws Exception {
    Answer server = new Answer(SERVER.get("/.well-known/oauth-authorization-server"));
    assertThat(server.body().path("authorization_details_types_supported").toString())
        .isEqualTo("[\"personal_token\"]");
  }

  /** One line of the cases. */
  record Case(String expected, String field, String value) {}

  static List<Case> cases() throws IOException {
    try (InputStream cases = DeviceTokenTest.class.getResourceAsStream("devices.cases")) {
      return new String(Objects.requireNonNull(cases).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" +", 3))
          .map(words -> new Case(words[0], words[1], words[2].replace('\'', '"')))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsAskedComesToWhatTheSpecificationsSay(Case one) {
    Map<String, String> asking = new HashMap<>();
    asking.put("client_id", AskingDevice.COMMAND_LINE);
    asking.put("authorization_details", details("x", "tenant:read"));
    asking.put(one.field(), one.value().equals("@") ? SERVER.uri("").toString() : one.value());
    Answer answer = AskingDevice.post(SERVER, "/oauth/device", asking);
    if (one.expected().equals("asked")) {
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
    } else {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("error")).isEqualTo(one.expected());
      assertThat(answer.http().body()).doesNotContain("elsewhere.example");
    }
  }
}
