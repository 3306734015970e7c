package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/**
 * People sign in at a real Keycloak, over HTTP from end to end: with one factor, again with two,
 * over a rotation of its keys, and not at all when it is away.
 */
@EnabledIf(value = "isThere", disabledReason = "without -Pkeycloak there is none")
class KeycloakIT {
  private static final int PORT = Keycloak.freePort();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          "cofferdam.idp.issuer=" + Keycloak.issuer(PORT),
          "cofferdam.idp.client-id=cofferdam",
          // What it knows and no more: asked for a value that it does not, it asks for less.
          "cofferdam.idp.multi-factor=mfa",
          "cofferdam.idp.phishing-resistant=",
          "cofferdam.egress.allowed=127.0.0.1:" + PORT,
          "cofferdam.egress.allowed-to-tenants=127.0.0.1:" + PORT,
          // One address signs in again and again until a new key is looked for.
          "cofferdam.limits.overrides.sign-in.address=100000 per 1m burst 100000",
          "cofferdam.limits.overrides.all.address=1000000 per 1m burst 1000000");

  private static Keycloak keycloak;

  /** One browser: all cookies, whoever set them. */
  private static final class Person {
    private final Map<String, String> cookies = new TreeMap<>();

    HttpResponse<String> get(URI uri) throws Exception {
      return send(HttpRequest.newBuilder(uri));
    }

    HttpResponse<String> get(String path) throws Exception {
      return get(SERVER.uri(path));
    }

    /** Fills in the form of a page. */
    HttpResponse<String> fill(HttpResponse<String> page, String fields) throws Exception {
      Matcher action = ACTION.matcher(page.body());
      assertThat(action.find()).as(page.statusCode() + page.body()).isTrue();
      return send(
          HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(fields)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      String all =
          cookies.entrySet().stream()
              .filter(one -> !one.getValue().isEmpty())
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining("; "));
      if (!all.isEmpty()) {
        request.header("Cookie", all);
      }
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      for (String set : answer.headers().allValues("Set-Cookie")) {
        cookies.put(
            set.substring(0, set.indexOf('=')),
            set.substring(set.indexOf('=') + 1, set.indexOf(';')));
      }
      return answer;
    }

    /** To where the provider sends the browser back with its answer. */
    URI passwordGiven(String way) throws Exception {
      return location(fill(get(location(get(way))), "username=ann&password=a-password"));
    }

    String me(String field) throws Exception {
      return JsonMapper.shared().readTree(get("/v1/me").body()).path(field).asString("");
    }
  }

  private static URI location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(301, 303);
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  static boolean isThere() {
    return Keycloak.home().isPresent();
  }

  @BeforeAll
  static void start() throws Exception {
    keycloak = Keycloak.start(Keycloak.home().orElseThrow(), PORT);
  }

  @AfterAll
  static void end() {
    if (keycloak != null) {
      keycloak.close();
    }
  }

  /** In one test, since each part begins where the one before ended, and a start takes long. */
  @Test
  void signsInStepsUpFollowsNewKeysAndOutlivesAnOutage() throws Exception {
    Person ann = new Person();
    URI back = ann.passwordGiven("/sign-in?return_to=/v1/me");
    assertThat(back.getPath()).isEqualTo("/sign-in/callback");
    assertThat(location(ann.get(back))).hasToString("/v1/me");
    assertThat(ann.me("email")).isEqualTo("ann@example.com");
    assertThat(ann.me("name")).isEqualTo("Ann Example");
    assertThat(ann.me("acr")).isEqualTo("single_factor");
    assertThat(ann.get(back).statusCode()).as("an answer is good once").isEqualTo(401);
    String person = ann.me("person_id");

    HttpResponse<String> page = ann.get(location(ann.get("/step-up?max_age=300&return_to=/v1/me")));
    if (page.body().contains("name=\"password\"")) {
      page = ann.fill(page, "username=ann&password=a-password");
      page = page.statusCode() == 200 ? page : ann.get(location(page));
    }
    HttpResponse<String> proven = ann.fill(page, "otp=" + URLEncoder.encode(code(), UTF_8));
    assertThat(location(ann.get(location(proven)))).hasToString("/v1/me");
    assertThat(ann.me("acr")).isEqualTo("multi_factor");
    assertThat(ann.me("person_id")).isEqualTo(person);

    Brought brought = asATenantsOwnProvider(person);
    URI there = location(ann.get("/sign-out/provider"));
    assertThat(there.toString()).startsWith(Keycloak.issuer(PORT) + "/protocol/");
    assertThat(ann.get(there).statusCode()).as("it asks whether one means it").isEqualTo(200);

    keycloak.rotateKeys();
    Person again = new Person();
    long began = System.nanoTime();
    // A key that is not known is looked for once in half a minute, whoever sends such tokens.
    while (again.get(again.passwordGiven("/sign-in?return_to=/v1/me")).statusCode() != 303) {
      assertThat(System.nanoTime() - began).isLessThan(60_000_000_000L);
      again = new Person();
    }
    assertThat(again.me("person_id")).isEqualTo(person);
    Person atTheTenants = new Person();
    while (atTheTenants.get(atTheTenants.passwordGiven(brought.way())).statusCode() != 303) {
      assertThat(System.nanoTime() - began).isLessThan(120_000_000_000L);
      atTheTenants = new Person();
    }
    assertThat(brought.field("state")).as("the new key was found").isEqualTo("active");

    Person late = new Person();
    URI answered = late.passwordGiven("/sign-in?return_to=/v1/me");
    Person lateThere = new Person();
    URI answeredThere = lateThere.passwordGiven(brought.way());
    keycloak.close();
    assertThat(lateThere.get(answeredThere).statusCode()).isEqualTo(503);
    assertThat(brought.field("state")).isEqualTo("degraded");
    assertThat(brought.field("failing_because")).isEqualTo("tokens");
    assertThat(atTheTenants.me("name")).as("who is in stays in").isEqualTo("Ann Example");
    HttpResponse<String> away = late.get(answered);
    assertThat(away.statusCode()).isEqualTo(503);
    assertThat(away.body()).contains("identity_provider_unavailable");
    assertThat(late.get("/v1/me").statusCode()).isEqualTo(401);
    assertThat(ann.me("person_id")).as("who is in stays in").isEqualTo(person);
  }

  /** A provider that a tenant has brought, and an owner who looks after it. */
  private record Brought(Browser boss, String provider) {
    String way() {
      return "/sign-in/with/" + provider;
    }

    String field(String name) {
      return boss.get("/v1/identity-providers/" + provider).text(name);
    }
  }

  /** The same realm, brought by a tenant with a client of its own: its people are others. */
  private static Brought asATenantsOwnProvider(String platforms) throws Exception {
    String tenant = SERVER.newTenant().tenant().toString();
    Browser boss = Browser.ofMember(SERVER, tenant, Role.OWNER);
    Browser.Answer made =
        boss.post(
            "/v1/identity-providers",
            Map.of(
                "alias", "keycloak",
                "issuer", Keycloak.issuer(PORT),
                "client_id", "tenant",
                "client_secret", "agreed on by the tenant",
                "multi_factor", List.of("mfa")));
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    String provider = made.text("id");
    Person owner = new Person();
    owner.cookies.put("__Host-cofferdam", boss.cookie());
    URI tried = owner.passwordGiven("/sign-in/trial/" + provider);
    assertThat(tried.getPath()).isEqualTo("/sign-in/callback/" + provider);
    assertThat(location(owner.get(tried))).hasToString("/home");
    Browser.Answer active =
        boss.write(
            "POST",
            "/v1/identity-providers/" + provider + "/activate",
            null,
            "If-Match",
            '"' + boss.get("/v1/identity-providers/" + provider).text("version") + '"');
    assertThat(active.text("state")).as(active.http().body()).isEqualTo("active");

    Person ann = new Person();
    URI back = ann.passwordGiven("/sign-in/with/" + provider);
    assertThat(location(ann.get(back))).hasToString("/workspaces");
    assertThat(ann.me("name")).isEqualTo("Ann Example");
    assertThat(ann.me("email")).as("the tenant has proven no domain").isEmpty();
    assertThat(ann.me("person_id")).isNotEmpty().isNotEqualTo(platforms);
    return new Brought(boss, provider);
  }

  /** RFC 6238, of the secret that the realm has for Ann. */
  private static String code() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("abcdefghijklmnopqrst".getBytes(US_ASCII), "HmacSHA1"));
    byte[] hash =
        mac.doFinal(
            ByteBuffer.allocate(Long.BYTES).putLong(Instant.now().getEpochSecond() / 30).array());
    int at = hash[hash.length - 1] & 0xf;
    int number = ByteBuffer.wrap(hash, at, Integer.BYTES).getInt() & 0x7fff_ffff;
    return "%06d".formatted(number % 1_000_000);
  }
}
