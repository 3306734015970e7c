package dev.cofferdam.server.oauth.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.identity.token.AllowedTokens;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.oauth.authorization.NewGrants;
import dev.cofferdam.server.oauth.authorization.SignInDemand;
import dev.cofferdam.server.oauth.client.Applications;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What is decided under the lock of a row, and by time, which the test moves. */
class DeviceGrantTest {
  private static final int AT_ONCE = 100;
  private static final Duration GOOD_FOR = Duration.ofMinutes(10);
  private static final DeviceWish TOKEN =
      new DeviceWish(
          Optional.empty(),
          Optional.of(
              "[{\"type\":\"personal_token\",\"label\":\"x\",\"scopes\":[\"tenant:read\"],\"expires_in_days\":9}]"),
          SignInDemand.NONE);

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SecureRandom random = new SecureRandom();
  private final MovableClock clock = new MovableClock(Instant.now());
  private final DeviceSettings settings = new DeviceSettings(GOOD_FOR, 10_000, true);
  private final CommandLineClient commandLine = new CommandLineClient(settings);
  private final RingMac ring = new RingMac(SERVER.bean(Keyring.class), KeyPurpose.DEVICE, clock);
  private final JdbcClient ops = SERVER.opsBean(JdbcClient.class);
  private final TransactionOperations transaction = SERVER.opsBean(TransactionOperations.class);
  private final DeviceRequests requests =
      new DeviceRequests(
          ops,
          transaction,
          List.<Applications>of(commandLine::application),
          ring,
          random,
          new Ids(clock, random),
          settings,
          SERVER.bean(AllowedTokens.class),
          clock);
  private final DeviceGrant grant =
      new DeviceGrant(
          ops,
          transaction,
          SERVER.bean(NewGrants.class),
          SERVER.bean(AllowedTokens.class),
          ring,
          clock);
  private final AuthenticatedClient client =
      new AuthenticatedClient(commandLine.client(CommandLineClient.ID).orElseThrow());
  private final Issuer issuer = new Issuer(SERVER.uri("").toString());

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("k" + UUID.randomUUID().toString().substring(0, 13));

  private static Call call() {
    return new Call(
        new RequestId(UUID.randomUUID()), new Caller.Anonymous(), InetAddress.getLoopbackAddress());
  }

  private DeviceRequests.Asked asked() {
    return asked(wish("tenant:read groups:read"));
  }

  private DeviceRequests.Asked asked(DeviceWish wish) {
    return (DeviceRequests.Asked) requests.ask(call(), client, wish, issuer);
  }

  private static DeviceWish wish(String scope) {
    return new DeviceWish(Optional.of(scope), Optional.empty(), SignInDemand.NONE);
  }

  private void allow(Browser person, DeviceRequests.Asked asked) {
    assertThat(
            person
                .form(
                    "/device/answer",
                    person.token(),
                    Map.of("code", asked.user().text(), "answer", "allow"))
                .status())
        .isEqualTo(303);
  }

  private TokenAnswer redeem(DeviceRequests.Asked asked, Issuer by) {
    OAuthForm form =
        OAuthForm.of(Map.of("device_code", new String[] {asked.device().text()})).orElseThrow();
    return grant.redeem(new TokenRequest(call(), by, form, Optional.empty()), client);
  }

  private ProblemCode refused(DeviceRequests.Asked asked) {
    return ((TokenAnswer.Refused) redeem(asked, issuer)).refusal().code();
  }

  @Test
  void whoAsksTooSoonWaitsLongerFromThenOn() {
    DeviceRequests.Asked asked = asked();
    assertThat(refused(asked)).isEqualTo(ProblemCode.AUTHORIZATION_PENDING);
    clock.advance(Duration.ofSeconds(4));
    assertThat(refused(asked))
        .as("a network is not that exact")
        .isEqualTo(ProblemCode.AUTHORIZATION_PENDING);
    clock.advance(Duration.ofMillis(3_900));
    assertThat(refused(asked)).isEqualTo(ProblemCode.SLOW_DOWN);
    clock.advance(Duration.ofSeconds(8));
    assertThat(refused(asked)).as("it is ten seconds now").isEqualTo(ProblemCode.SLOW_DOWN);
    clock.advance(Duration.ofSeconds(15));
    assertThat(refused(asked)).isEqualTo(ProblemCode.AUTHORIZATION_PENDING);
  }

  @Test
  void aCodeThatNobodyTypedInTimeIsNone() {
    DeviceRequests.Asked asked = asked();
    clock.advance(GOOD_FOR.minusSeconds(1));
    assertThat(requests.find(asked.user(), issuer)).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(requests.find(asked.user(), issuer)).isEmpty();
    assertThat(refused(asked)).isEqualTo(ProblemCode.EXPIRED_TOKEN);
  }

  @Test
  void oneThatWasAllowedAndNotFetchedInTimeIsNone() {
    DeviceRequests.Asked asked = asked();
    allow(owner, asked);
    clock.advance(GOOD_FOR);
    assertThat(refused(asked)).isEqualTo(ProblemCode.EXPIRED_TOKEN);
  }

  @Test
  void aTokenThatIsNotFetchedInTimeIsNeverMade() {
    DeviceRequests.Asked asked = asked(TOKEN);
    allow(owner, asked);
    clock.advance(GOOD_FOR);
    assertThat(refused(asked)).isEqualTo(ProblemCode.EXPIRED_TOKEN);
    assertThat(owner.get("/v1/tokens").body().path("items").size()).isZero();
  }

  @Test
  void ofAHundredAtOnceOneIsHandedTheTokenAndAllOthersEndIt() throws Exception {
    DeviceRequests.Asked asked = asked(TOKEN);
    allow(owner, asked);
    List<TokenAnswer> answers = atOnce(asked);
    assertThat(answers).filteredOn(TokenAnswer.Made.class::isInstance).hasSize(1);
    assertThat(answers).filteredOn(TokenAnswer.Issued.class::isInstance).isEmpty();
    assertThat(owner.get("/v1/tokens").body().path("items").size()).isZero();
  }

  @Test
  void ofAHundredAtOnceADeviceCodeIsGoodForOne() throws Exception {
    DeviceRequests.Asked asked = asked();
    allow(owner, asked);
    List<TokenAnswer> answers = atOnce(asked);
    assertThat(answers).filteredOn(TokenAnswer.Issued.class::isInstance).hasSize(1);
    assertThat(answers)
        .filteredOn(TokenAnswer.Refused.class::isInstance)
        .hasSize(AT_ONCE - 1)
        .allSatisfy(
            one ->
                assertThat(((TokenAnswer.Refused) one).refusal().code())
                    .isEqualTo(ProblemCode.INVALID_GRANT));
    assertThat(owner.get("/v1/client-grants").body().path("items").size())
        .as("what came again has ended what it began")
        .isZero();
  }

  private List<TokenAnswer> atOnce(DeviceRequests.Asked asked) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<TokenAnswer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<TokenAnswer>> running = new ArrayList<>();
      for (int n = 0; n < AT_ONCE; n++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return redeem(asked, issuer);
                }));
      }
      start.countDown();
      for (Future<TokenAnswer> each : running) {
        answers.add(each.get());
      }
    }
    return answers;
  }

  @Test
  void underAnotherNameOfThisServerThereIsNoSuchCode() {
    DeviceRequests.Asked asked = asked();
    Issuer other = new Issuer("https://another.example");
    assertThat(requests.find(asked.user(), other)).isEmpty();
    allow(owner, asked);
    assertThat(((TokenAnswer.Refused) redeem(asked, other)).refusal().code())
        .isEqualTo(ProblemCode.INVALID_GRANT);
    assertThat(redeem(asked, issuer)).isInstanceOf(TokenAnswer.Issued.class);
  }

  @Test
  void whatWasAllowedCountsForWhoeverIsStillThereAndSignedInStronglyEnough() {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    DeviceRequests.Asked theirs = asked();
    allow(member, theirs);
    assertThat(member.write("DELETE", "/v1/membership", null).status()).isEqualTo(200);
    assertThat(refused(theirs)).isEqualTo(ProblemCode.INVALID_GRANT);

    DeviceRequests.Asked weak = asked();
    allow(owner, weak);
    SERVER
        .superuser()
        .sql(
            "insert into identity.sign_in_policy (tenant_id, least_acr, changed_at) values (:tenant, 'phishing_resistant', now())")
        .param("tenant", UUID.fromString(tenant))
        .update();
    assertThat(refused(weak)).isEqualTo(ProblemCode.INVALID_GRANT);
  }

  @Test
  void nothingIsRedeemedInATenantThatIsClosed() {
    DeviceRequests.Asked asked = asked();
    allow(owner, asked);
    SERVER.bean(Tenants.class).suspend(new TenantId(UUID.fromString(tenant)));
    DeviceRequests.Asked other = asked();
    assertThat(refused(other)).isEqualTo(ProblemCode.AUTHORIZATION_PENDING);
    Soon.holds(
        () ->
            SERVER.bean(TenantGate.class).enter(new TenantId(UUID.fromString(tenant)))
                instanceof TenantEntry.Denied);
    assertThat(refused(asked)).isEqualTo(ProblemCode.INVALID_GRANT);
  }

  @Test
  void neitherCodeIsInTheDatabaseAndNobodyReadsOrWritesWhatIs() {
    DeviceRequests.Asked asked = asked();
    String row =
        SERVER
            .superuser()
            .sql("select d::text from oauth.device_request d where d.device_id = :device")
            .param("device", asked.device().device())
            .query(String.class)
            .single();
    String typed = asked.user().text().replace("-", "");
    assertThat(row)
        .doesNotContain(typed, asked.user().text())
        .doesNotContain(asked.device().text().substring(14 + 32))
        .doesNotContain(
            HexFormat.of().formatHex(Sha256.of(typed.getBytes(StandardCharsets.US_ASCII))));
    for (String sql :
        List.of(
            "select user_hash from oauth.device_request",
            "update oauth.device_request set state = 'allowed'",
            "select oauth.begin_grant(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)")) {
      for (JdbcClient role : List.of(SERVER.app(), ops)) {
        assertThat(
                Scopes.call(
                    new Scope.OfPlatform(new Purpose("device")),
                    () -> {
                      try {
                        role.sql(sql).query((found, n) -> found.getObject(1)).list();
                        return "done";
                      } catch (DataAccessException refused) {
                        return String.valueOf(refused.getMostSpecificCause().getMessage());
                      }
                    }))
            .as(sql)
            .contains("permission denied");
      }
    }
  }

  @Test
  void aClientThatIsNotKnownAsksNothing() {
    assertThat(commandLine.application(new ClientId("cofferdam-cli2"))).isEmpty();
    assertThat(requests.ask(call(), client, wish("nothing:read"), issuer))
        .isInstanceOf(DeviceRequests.ScopeRefused.class);
  }
}
