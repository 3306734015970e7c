package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.RunningServer;
import dev.cofferdam.server.testing.Soon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Roles, removals and ownership, over HTTP and many at once. */
class MembersTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SignedIn owner = SignedIn.somebody(SERVER);
  private final TenantId tenant = owner.tenant(Role.OWNER);

  private SignedIn member(Role role) {
    SignedIn one = SignedIn.somebody(SERVER);
    one.join(tenant, role);
    return one;
  }

  private Browser in(SignedIn who) {
    who.enter(tenant);
    return new Browser(SERVER, who.handle);
  }

  private static String id(SignedIn who) {
    return who.opened.person().toString();
  }

  private static Answer change(Browser by, SignedIn whom, String role) {
    return by.write("PATCH", "/v1/members/" + id(whom), Map.of("role", role), "If-Match", "\"1\"");
  }

  @Test
  void anAdminChangesEverybodyButOwners() {
    Browser admin = in(member(Role.ADMIN));
    SignedIn other = member(Role.MEMBER);
    assertThat(change(admin, other, "owner").text("code")).isEqualTo("forbidden");
    assertThat(change(admin, owner, "member").text("code")).isEqualTo("forbidden");
    assertThat(
            admin
                .write("DELETE", "/v1/members/" + id(owner), null, "If-Match", "\"1\"")
                .text("code"))
        .isEqualTo("forbidden");
    assertThat(change(admin, other, "auditor").text("role")).isEqualTo("auditor");
    assertThat(change(in(member(Role.MEMBER)), other, "admin").status()).isEqualTo(403);
  }

  @Test
  void ownershipIsHandedOverAtOnce() {
    SignedIn next = member(Role.MEMBER);
    Browser boss = in(owner);
    assertThat(
            boss.write("PUT", "/v1/ownership", Map.of("person_id", id(next)), "If-Match", "\"9\"")
                .text("code"))
        .isEqualTo("precondition_failed");
    Answer done =
        boss.write("PUT", "/v1/ownership", Map.of("person_id", id(next)), "If-Match", "\"1\"");
    assertThat(done.text("role")).as(done.http().body()).isEqualTo("owner");
    assertThat(roles()).containsExactlyInAnyOrder("admin", "owner");
    // Who handed over is no owner any more.
    Soon.holds(
        () ->
            boss.write("PUT", "/v1/ownership", Map.of("person_id", id(next)), "If-Match", "\"2\"")
                    .status()
                == 403);
    assertThat(boss.write("DELETE", "/v1/membership", null).status()).isEqualTo(200);
    assertThat(in(next).write("DELETE", "/v1/membership", null).text("code"))
        .isEqualTo("last_owner");
    assertThat(roles()).containsExactly("owner");
  }

  private List<String> roles() {
    return SERVER
        .superuser()
        .sql("select role from identity.membership where tenant_id = :tenant")
        .param("tenant", tenant.value())
        .query(String.class)
        .list();
  }

  @Test
  void everyMemberSeesWhoIsInAndWhatChanged() {
    SignedIn member = member(Role.MEMBER);
    Browser boss = in(owner);
    change(boss, member, "auditor");
    Browser looking = in(member);
    assertThat(looking.get("/v1/members").http().body())
        .contains("Some One", "someone@example.com");
    Answer history = looking.get("/v1/members/history?limit=1");
    assertThat(history.body().path("items").get(0).path("action").asString())
        .as(history.http().body())
        .isEqualTo("membership.changed");
    assertThat(history.body().path("items").get(0).path("by").asString()).isEqualTo(id(owner));
    assertThat(history.body().path("items").get(0).path("person_id").asString())
        .isEqualTo(id(member));
    assertThat(in(SignedIn.somebody(SERVER)).get("/v1/members/history").status()).isEqualTo(403);
  }

  @Test
  void aHundredChangesAtOnceLeaveAnOwner() throws Exception {
    List<SignedIn> owners = new ArrayList<>(List.of(owner));
    for (int n = 0; n < 9; n++) {
      owners.add(member(Role.OWNER));
    }
    List<Caller.Person> callers = new ArrayList<>();
    for (SignedIn one : owners) {
      one.enter(tenant);
      callers.add(one.person());
    }
    Memberships memberships = SERVER.bean(Memberships.class);
    IfMatch any = new IfMatch(LongStream.rangeClosed(1, 10).mapToObj(ETag::ofVersion).toList());
    List<MembershipChange> answers =
        SessionsTest.atOnce(
            100,
            n -> {
              Caller.Person by = callers.get(n % 10);
              PersonId whom = callers.get((n / 10 + n) % 10).id();
              return Scopes.call(
                  new Scope.OfTenant(tenant, new Placement.Shared()),
                  () ->
                      switch (n % 4) {
                        case 0 -> memberships.change(SignedIn.call(), by, whom, Role.MEMBER, any);
                        case 1 -> memberships.remove(SignedIn.call(), by, whom, any);
                        case 2 -> memberships.leave(SignedIn.call(), by);
                        default -> memberships.handOver(SignedIn.call(), by, whom, any);
                      });
            });
    assertThat(answers).hasSize(100);
    assertThat(roles()).contains("owner");
    assertThat(answers).anyMatch(one -> one instanceof MembershipChange.Changed);
  }
}
