package dev.cofferdam.server.oauth.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;

/** What is good once, where it is decided: under the lock of its row. */
class RedemptionsTest {
  private static final int AT_ONCE = 100;

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner = Browser.ofSomebody(SERVER);
  private final String tenant =
      owner.inOwnTenant("r" + UUID.randomUUID().toString().substring(0, 13));
  private final AskingClient client = AskingClient.registered(SERVER, owner);
  private final Redemptions redemptions = SERVER.bean(Redemptions.class);

  private static Call call() {
    return new Call(
        new RequestId(UUID.randomUUID()), new Caller.Anonymous(), InetAddress.getLoopbackAddress());
  }

  private Redemptions.Outcome redeem(String code) {
    return redeem(code, client.id, AskingClient.REDIRECT, client.verifier);
  }

  private Redemptions.Outcome redeem(String code, String by, String redirectUri, String verifier) {
    return redemptions.redeem(asking(by, Optional.empty()), code, redirectUri, verifier);
  }

  private static Redemptions.Asking asking(String by, Optional<KeyThumbprint> key) {
    return new Redemptions.Asking(call(), new ClientId(by), key, Optional.empty());
  }

  private Redemptions.Asking askingFor(TokenScope... scopes) {
    return new Redemptions.Asking(
        call(), new ClientId(client.id), Optional.empty(), Optional.of(Set.of(scopes)));
  }

  private Redemptions.Outcome rotate(String refresh) {
    return redemptions.rotate(asking(client.id, Optional.empty()), refresh);
  }

  private String code() {
    return client.code(owner, client.asking());
  }

  private Redemptions.Redeemed redeemed() {
    return (Redemptions.Redeemed) redeem(code());
  }

  private boolean stands(Redemptions.Redeemed grant) {
    return SERVER
        .bean(GrantHolders.class)
        .find(holder(grant), Set.of(TokenScope.values()))
        .isPresent();
  }

  private static Holder holder(Redemptions.Redeemed grant) {
    return new Holder(Holder.Kind.GRANT, grant.tenant(), grant.grant());
  }

  /** What is recorded of grants; its leaf follows a record within a moment. */
  private void assertRecorded(String... expected) {
    assertThat(Soon.first(this::actions, seen -> seen.size() >= expected.length))
        .containsExactly(expected);
  }

  private List<String> actions() {
    return Scopes.call(
        new Scope.OfTenant(new TenantId(UUID.fromString(tenant)), new Placement.Shared()),
        () ->
            SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                .map(stored -> stored.record().action())
                .filter(action -> action.startsWith("client_grant."))
                .sorted()
                .toList());
  }

  private static List<Redemptions.Outcome> atOnce(Supplier<Redemptions.Outcome> one)
      throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Redemptions.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Redemptions.Outcome>> running = new ArrayList<>();
      for (int n = 0; n < AT_ONCE; n++) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return one.get();
                }));
      }
      start.countDown();
      for (Future<Redemptions.Outcome> each : running) {
        outcomes.add(each.get());
      }
    }
    return outcomes;
  }

  @Test
  void aCodeBeginsAGrantOfWhatWasConsentedTo() {
    Redemptions.Redeemed begun = redeemed();
    assertThat(begun.tenant()).hasToString(tenant);
    assertThat(begun.role()).isEqualTo(Role.OWNER);
    assertThat(begun.scopes())
        .containsExactlyInAnyOrder(TokenScope.TENANT_READ, TokenScope.GROUPS_READ);
    assertThat(begun.next().text()).matches("cofferdam_rft_[0-9a-f]{160}");
    assertThat(
            SERVER
                .bean(GrantHolders.class)
                .find(holder(begun), Set.of(TokenScope.GROUPS_READ, TokenScope.AUDIT_READ))
                .orElseThrow()
                .caller())
        .isInstanceOfSatisfying(
            Caller.Agent.class,
            agent -> {
              assertThat(agent.id()).isEqualTo(begun.person());
              assertThat(agent.scopes()).containsExactly(TokenScope.GROUPS_READ);
              assertThat(agent.in().role()).isEqualTo(Role.OWNER);
            });
    assertRecorded("client_grant.begun", "client_grant.consented");
  }

  @Test
  void aCodeIsGoodForItsClientItsPlaceAndItsVerifierAloneAndIsNotUsedUpByOthers() {
    String code = code();
    AskingClient other = AskingClient.registered(SERVER, owner);
    assertThat(redeem(code, other.id, AskingClient.REDIRECT, client.verifier))
        .isInstanceOf(Redemptions.Unknown.class);
    assertThat(redeem(code, client.id, "http://127.0.0.1/done", client.verifier))
        .isInstanceOf(Redemptions.Unknown.class);
    assertThat(redeem(code, client.id, AskingClient.REDIRECT, other.verifier))
        .isInstanceOf(Redemptions.Unknown.class);
    for (String digit :
        "0123456789abcdef".replace(code.substring(code.length() - 1), "").split("")) {
      assertThat(redeem(code.substring(0, code.length() - 1) + digit))
          .isInstanceOf(Redemptions.Unknown.class);
    }
    assertThat(redeem(code.replace("_code_", "_rft_"))).isInstanceOf(Redemptions.Unknown.class);
    assertThat(redeem(code)).isInstanceOf(Redemptions.Redeemed.class);
  }

  @Test
  void whoAsksForMoreThanWasGivenIsToldAndHasUsedNothingUp() {
    String code = code();
    Redemptions.Asking more = askingFor(TokenScope.TENANT_READ, TokenScope.AUDIT_READ);
    assertThat(redemptions.redeem(more, code, AskingClient.REDIRECT, client.verifier))
        .isInstanceOf(Redemptions.Exceeding.class);
    assertRecorded("client_grant.consented");
    Redemptions.Redeemed begun = (Redemptions.Redeemed) redeem(code);
    String refresh = begun.next().text();
    assertThat(redemptions.rotate(more, refresh)).isInstanceOf(Redemptions.Exceeding.class);
    assertThat(redemptions.rotate(askingFor(TokenScope.TENANT_READ), refresh))
        .isInstanceOf(Redemptions.Redeemed.class);
    assertThat(redemptions.rotate(more, refresh))
        .as("what was used before ends the grant, whatever is asked")
        .isInstanceOf(Redemptions.Reused.class);
    assertThat(stands(begun)).isFalse();
  }

  @Test
  void aCodeExpires() {
    String code = code();
    SERVER
        .superuser()
        .sql("update oauth.code set expires_at = now() where tenant_id = :tenant")
        .param("tenant", UUID.fromString(tenant))
        .update();
    assertThat(redeem(code)).isInstanceOf(Redemptions.Unknown.class);
  }

  @Test
  void aCodeThatComesAgainEndsWhatItBegan() {
    String code = code();
    Redemptions.Redeemed begun = (Redemptions.Redeemed) redeem(code);
    assertThat(stands(begun)).isTrue();
    assertThat(redeem(code)).isInstanceOf(Redemptions.Reused.class);
    assertThat(stands(begun)).isFalse();
    assertThat(rotate(begun.next().text())).isInstanceOf(Redemptions.Unknown.class);
    assertRecorded("client_grant.begun", "client_grant.consented", "client_grant.reused");
  }

  @Test
  void ofAHundredAtOnceACodeIsGoodForOne() throws Exception {
    String code = code();
    List<Redemptions.Outcome> outcomes = atOnce(() -> redeem(code));
    assertThat(outcomes).filteredOn(Redemptions.Redeemed.class::isInstance).hasSize(1);
    assertThat(outcomes).filteredOn(Redemptions.Reused.class::isInstance).hasSize(AT_ONCE - 1);
  }

  @Test
  void ofAHundredAtOnceARefreshTokenIsGoodForOne() throws Exception {
    String refresh = redeemed().next().text();
    List<Redemptions.Outcome> outcomes = atOnce(() -> rotate(refresh));
    assertThat(outcomes).filteredOn(Redemptions.Redeemed.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(one -> !(one instanceof Redemptions.Redeemed))
        .hasSize(AT_ONCE - 1);
  }

  @Test
  void aRefreshTokenThatComesAgainEndsItsFamily() {
    Redemptions.Redeemed begun = redeemed();
    Redemptions.Redeemed second = (Redemptions.Redeemed) rotate(begun.next().text());
    Redemptions.Redeemed third = (Redemptions.Redeemed) rotate(second.next().text());
    assertThat(third.grant()).isEqualTo(begun.grant());
    assertThat(rotate(begun.next().text())).isInstanceOf(Redemptions.Reused.class);
    assertThat(rotate(third.next().text())).isInstanceOf(Redemptions.Unknown.class);
    assertThat(stands(begun)).isFalse();
  }

  @Test
  void aRefreshTokenOfAnotherClientIsNoneAndIsNotUsedUp() {
    Redemptions.Redeemed begun = redeemed();
    AskingClient other = AskingClient.registered(SERVER, owner);
    assertThat(redemptions.rotate(asking(other.id, Optional.empty()), begun.next().text()))
        .isInstanceOf(Redemptions.Unknown.class);
    assertThat(redemptions.end(call(), new ClientId(other.id), begun.next().text())).isEmpty();
    assertThat(rotate(begun.next().text())).isInstanceOf(Redemptions.Redeemed.class);
  }

  @Test
  void whatIsBoundToAKeyIsRenewedWithThatKeyAlone() {
    KeyThumbprint key = new KeyThumbprint("a".repeat(43));
    KeyThumbprint another = new KeyThumbprint("b".repeat(43));
    Redemptions.Redeemed begun =
        (Redemptions.Redeemed)
            redemptions.redeem(
                asking(client.id, Optional.of(key)),
                code(),
                AskingClient.REDIRECT,
                client.verifier);
    String refresh = begun.next().text();
    assertThat(rotate(refresh)).isInstanceOf(Redemptions.Unknown.class);
    assertThat(redemptions.rotate(asking(client.id, Optional.of(another)), refresh))
        .isInstanceOf(Redemptions.Unknown.class);
    assertThat(redemptions.rotate(asking(client.id, Optional.of(key)), refresh))
        .isInstanceOf(Redemptions.Redeemed.class);
  }

  @Test
  void aGrantEndsWhenItIsNotUsedForLong() {
    Redemptions.Redeemed begun = redeemed();
    SERVER
        .superuser()
        .sql("update oauth.client_grant set expires_at = now() where grant_id = :grant")
        .param("grant", begun.grant())
        .update();
    assertThat(rotate(begun.next().text())).isInstanceOf(Redemptions.Unknown.class);
  }

  @Test
  void aGrantEndsWithItsMembershipItsClientAndAtItsPersonsWord() {
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    Redemptions.Redeemed theirs =
        (Redemptions.Redeemed) redeem(client.code(member, client.asking()));
    assertThat(
            owner
                .get("/v1/members/" + theirs.person() + "/client-grants")
                .body()
                .path("items")
                .get(0)
                .path("id")
                .asString())
        .isEqualTo(theirs.grant().toString());
    assertThat(member.get("/v1/client-grants").body().path("items").size()).isEqualTo(1);
    assertThat(owner.get("/v1/client-grants").body().path("items").size()).isZero();
    assertThat(owner.write("DELETE", "/v1/client-grants/" + theirs.grant(), null).status())
        .as("it is another's")
        .isEqualTo(404);

    assertThat(member.write("DELETE", "/v1/client-grants/" + theirs.grant(), null).status())
        .isEqualTo(200);
    assertThat(stands(theirs)).isFalse();

    Redemptions.Redeemed again =
        (Redemptions.Redeemed) redeem(client.code(member, client.asking()));
    assertThat(
            owner
                .write(
                    "DELETE",
                    "/v1/members/" + again.person() + "/client-grants/" + again.grant(),
                    null)
                .status())
        .isEqualTo(200);
    assertThat(stands(again)).isFalse();

    Redemptions.Redeemed third =
        (Redemptions.Redeemed) redeem(client.code(member, client.asking()));
    assertThat(member.write("DELETE", "/v1/membership", null).status()).isEqualTo(200);
    assertThat(stands(third)).isFalse();

    Redemptions.Redeemed own = redeemed();
    assertThat(owner.write("DELETE", "/v1/clients/" + client.id, null).status()).isEqualTo(200);
    assertThat(stands(own)).isFalse();
    assertThat(owner.get(AskingClient.path(client.asking())).status()).isEqualTo(400);
  }

  @Test
  void aGrantSaysWhatItsPersonIsNow() {
    Browser member = Browser.ofMember(SERVER, tenant, Role.ADMIN);
    Redemptions.Redeemed theirs =
        (Redemptions.Redeemed) redeem(client.code(member, client.asking()));
    SERVER
        .superuser()
        .sql("update identity.membership set role = 'auditor' where person_id = :person")
        .param("person", theirs.person().value())
        .update();
    assertThat(
            SERVER
                .bean(GrantHolders.class)
                .find(holder(theirs), Set.of(TokenScope.TENANT_READ))
                .orElseThrow()
                .caller())
        .isInstanceOfSatisfying(
            Caller.Agent.class, agent -> assertThat(agent.in().role()).isEqualTo(Role.AUDITOR));
    SERVER
        .superuser()
        .sql(
            "insert into identity.sign_in_policy (tenant_id, least_acr, changed_at) values (:tenant, 'phishing_resistant', now())")
        .param("tenant", UUID.fromString(tenant))
        .update();
    assertThat(stands(theirs)).as("whose sign-in is too weak by now").isFalse();
    assertThat(rotate(theirs.next().text())).isInstanceOf(Redemptions.Unknown.class);
  }

  @Test
  void nothingIsRedeemedInATenantThatIsClosed() {
    String code = code();
    Redemptions.Redeemed begun = redeemed();
    SERVER.bean(Tenants.class).suspend(new TenantId(UUID.fromString(tenant)));
    Soon.holds(
        () ->
            SERVER.bean(TenantGate.class).enter(new TenantId(UUID.fromString(tenant)))
                instanceof TenantEntry.Denied);
    assertThat(rotate(begun.next().text())).isInstanceOf(Redemptions.Unknown.class);
    assertThat(redeem(code)).isInstanceOf(Redemptions.Unknown.class);
  }

  @Test
  void nobodyGivesAGrantOrWidensOneByWhatIsWrittenInTheScopeOfTheTenant() {
    redeemed();
    Scope scope = new Scope.OfTenant(new TenantId(UUID.fromString(tenant)), new Placement.Shared());
    for (String sql :
        List.of(
            "update oauth.client_grant set scopes = array['audit:read']",
            "update oauth.client_grant set refresh_hash = sha256('x')",
            "select refresh_hash from oauth.client_grant",
            "select code_hash from oauth.code",
            "insert into oauth.client select * from oauth.client",
            "update oauth.client set redirect_uris = array['https://elsewhere.example/']")) {
      assertThat(
              Scopes.call(
                  scope,
                  () -> {
                    try {
                      SERVER.app().sql(sql).query((row, n) -> row.getObject(1)).list();
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
