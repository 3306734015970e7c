package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.server.audit.PersonalRecords;
import dev.cofferdam.server.audit.read.RecordQuery;
import dev.cofferdam.server.audit.read.Records;
import dev.cofferdam.server.audit.read.StoredRecord;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.identity.invite.InvitationAnswer;
import dev.cofferdam.server.identity.invite.Invitations;
import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.Letters;
import dev.cofferdam.server.testing.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How somebody becomes a member, from the invitation to the workspace, over HTTP. */
class InvitesTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SignedIn owner = SignedIn.somebody(SERVER);
  private final TenantId tenant = owner.tenant(Role.OWNER);
  private final Browser boss = in(owner, tenant);
  private final String address = "ann-" + UUID.randomUUID() + "@example.org";

  private static Browser in(SignedIn who, TenantId where) {
    who.enter(where);
    return new Browser(SERVER, who.handle);
  }

  private static Browser of(SignedIn who) {
    return new Browser(SERVER, who.handle);
  }

  private Browser invitee() {
    return of(SignedIn.withAddress(SERVER, address));
  }

  private Answer invite(String role) {
    return boss.post("/v1/invites", Map.of("email", address, "role", role));
  }

  private String code(String role) {
    Answer made = invite(role);
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    return Letters.code(address, 1);
  }

  private static Answer accept(Browser who, String code) {
    return who.post("/v1/invitation/accept", Map.of("code", code));
  }

  private static void refused(Answer answer, int status, String code) {
    assertThat(answer.text("code")).as(answer.http().body()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(status);
  }

  private List<AuditRecord> log() {
    return Scopes.call(
        place(),
        () ->
            SERVER.bean(Records.class).search(RecordQuery.all(200)).records().stream()
                .map(StoredRecord::record)
                .toList());
  }

  private Scope.OfTenant place() {
    return new Scope.OfTenant(tenant, new Placement.Shared());
  }

  @Test
  void whoIsInvitedSeesWhatAndFromWhomAcceptsAndIsIn() {
    Answer made = invite("admin");
    assertThat(made.text("state")).isEqualTo("open");
    assertThat(made.text("email")).isEqualTo(address);
    String code = Letters.code(address, 1);
    assertThat(Letters.to(address).getFirst())
        .contains(
            "Subject: You are invited to A tenant", "Some One", SERVER.uri("/invite").toString())
        .doesNotContain("/invite" + "?");
    assertThat(made.http().body()).doesNotContain(code);

    Browser ann = invitee();
    assertThat(ann.get("/v1/workspaces").body().path("items").size()).isZero();
    Answer opened = ann.post("/v1/invitation/open", Map.of("code", code));
    assertThat(opened.status()).as(opened.http().body()).isEqualTo(200);
    assertThat(opened.text("role")).isEqualTo("admin");
    assertThat(opened.body().path("inviter").path("name").asString()).isEqualTo("Some One");

    // As a mail program may have broken it.
    Answer accepted = accept(ann, code.substring(0, 40) + "\r\n " + code.substring(40));
    assertThat(accepted.status()).as(accepted.http().body()).isEqualTo(200);
    assertThat(accepted.http().headers().firstValue("Cofferdam-Receipt")).isPresent();
    Answer mine = ann.get("/v1/workspaces");
    assertThat(mine.body().path("items").get(0).path("role").asString()).isEqualTo("admin");
    assertThat(ann.enter(tenant.toString()).status()).isEqualTo(200);
    assertThat(ann.get("/v1/members").http().body()).contains(address);
    Answer listed = boss.get("/v1/invites");
    assertThat(listed.body().path("items").get(0).path("state").asString()).isEqualTo("accepted");
  }

  @Test
  void aMisusedInviteIsTraced() {
    SignedIn ann = SignedIn.withAddress(SERVER, address);
    String code = code("member");
    Answer accepted = accept(of(ann), code);
    assertThat(accepted.status()).isEqualTo(200);

    List<AuditRecord> all = log();
    AuditRecord created =
        all.stream().filter(one -> one.action().equals("invite.created")).findFirst().orElseThrow();
    AuditRecord joined =
        all.stream()
            .filter(one -> one.action().equals("invite.accepted"))
            .findFirst()
            .orElseThrow();
    assertThat(joined.actor().id()).isEqualTo(ann.opened.person().toString());
    assertThat(joined.object()).isEqualTo(created.object());
    assertThat(joined.details())
        .containsEntry("session", ann.opened.session().toString())
        .containsEntry("inviter", owner.opened.person().toString())
        .containsEntry("inviter_session", owner.opened.session().toString());
    assertThat(created.actor().id()).isEqualTo(owner.opened.person().toString());
    Object found =
        Scopes.call(
            place(), () -> SERVER.bean(PersonalRecords.class).find(new RecordId(created.id())));
    assertThat(found)
        .isInstanceOfSatisfying(
            PersonalRecords.Found.Known.class,
            known -> assertThat(known.data().fields()).containsEntry("address", address));
    assertThat(all.toString()).doesNotContain(address).doesNotContain(code);
  }

  @Test
  void aHundredAtOnceMakeOneMember() throws Exception {
    String code = code("member");
    // Persons of several providers that all vouch for the same address.
    List<SignedIn> people = new ArrayList<>();
    for (int n = 0; n < 20; n++) {
      people.add(SignedIn.withAddress(SERVER, address));
    }
    Invitations invitations = SERVER.bean(Invitations.class);
    List<InvitationAnswer> answers =
        SessionsTest.atOnce(
            100,
            n -> {
              SignedIn one = people.get(n % people.size());
              return invitations.accept(SignedIn.call(), one.person(), code);
            });
    assertThat(answers).filteredOn(one -> one instanceof InvitationAnswer.Accepted).hasSize(1);
    assertThat(answers).filteredOn(one -> one instanceof InvitationAnswer.Used).hasSize(99);
    assertThat(
            SERVER
                .superuser()
                .sql("select count(*) from identity.membership where tenant_id = :tenant")
                .param("tenant", tenant.value())
                .query(Integer.class)
                .single())
        .isEqualTo(2);
    refused(accept(invitee(), code), 410, "invite_used");
  }

  @Test
  void whatIsNoMoreGoodIsToldToWhomItIsForAndToNobodyElse() {
    String code = code("member");
    Browser ann = invitee();
    Browser other = of(SignedIn.withAddress(SERVER, "mallory@example.org"));
    Browser unverified = of(SignedIn.withAddress(SERVER, null));
    refused(accept(other, code), 403, "address_mismatch");
    refused(accept(unverified, code), 403, "address_mismatch");

    char last = code.charAt(74);
    String tampered = code.substring(0, 74) + (last == 'a' ? 'b' : 'a');
    refused(accept(ann, tampered), 404, "not_found");
    refused(accept(ann, "0".repeat(75)), 404, "not_found");
    refused(accept(ann, "x"), 404, "not_found");

    expire();
    refused(accept(ann, code), 410, "invite_expired");
    refused(accept(other, code), 403, "address_mismatch");

    Answer again = invite("auditor");
    assertThat(again.status()).as("an expired one is no more in the way").isEqualTo(201);
    String second = Letters.code(address, 2);
    refused(accept(ann, code), 410, "invite_revoked");
    Answer revoked = write("DELETE", again, "");
    assertThat(revoked.text("state")).isEqualTo("revoked");
    refused(accept(ann, second), 410, "invite_revoked");
    refused(accept(other, second), 403, "address_mismatch");
    assertThat(log())
        .as("an invite that somebody else tried stands in the log of its tenant")
        .anyMatch(
            one -> one.action().equals("invite.accept") && "address_mismatch".equals(one.code()));
  }

  private void expire() {
    SERVER
        .superuser()
        .sql(
            """
            update identity.invite set expires_at = now() - interval '1 second' where tenant_id = :tenant
            """)
        .param("tenant", tenant.value())
        .update();
  }

  /** A request on an invite as it was read. */
  private Answer write(String method, Answer invite, String below) {
    return boss.write(
        method,
        "/v1/invites/" + invite.text("id") + below,
        null,
        "If-Match",
        '"' + invite.text("version") + '"');
  }

  @Test
  void anInviteOfWhoMayNotGiveTheRoleAnyMoreIsVoid() {
    SignedIn admin = SignedIn.somebody(SERVER);
    admin.join(tenant, Role.ADMIN);
    Browser helper = in(admin, tenant);
    assertThat(helper.post("/v1/invites", Map.of("email", address, "role", "member")).status())
        .isEqualTo(201);
    String code = Letters.code(address, 1);
    Browser ann = invitee();

    become(admin, Role.MEMBER);
    refused(accept(ann, code), 410, "invite_void");
    become(admin, Role.ADMIN);
    assertThat(ann.post("/v1/invitation/open", Map.of("code", code)).status()).isEqualTo(200);
    SERVER
        .superuser()
        .sql("delete from identity.membership where tenant_id = :tenant and person_id = :person")
        .param("tenant", tenant.value())
        .param("person", admin.opened.person().value())
        .update();
    refused(accept(ann, code), 410, "invite_void");

    Answer listed = boss.get("/v1/invites/" + onlyInvite());
    assertThat(write("POST", listed, "/letter").status()).isEqualTo(200);
    assertThat(accept(ann, Letters.code(address, 2)).status())
        .as("the owner answers for it now")
        .isEqualTo(200);
  }

  private String onlyInvite() {
    return boss.get("/v1/invites").body().path("items").get(0).path("id").asString();
  }

  private void become(SignedIn who, Role role) {
    SERVER
        .superuser()
        .sql(
            """
            update identity.membership set role = :role where tenant_id = :tenant and person_id = :person
            """)
        .param("role", Stored.name(role))
        .param("tenant", tenant.value())
        .param("person", who.opened.person().value())
        .update();
  }

  @Test
  void nobodyGivesARoleThatTheyMayNotGive() {
    SignedIn admin = SignedIn.somebody(SERVER);
    admin.join(tenant, Role.ADMIN);
    refused(
        in(admin, tenant).post("/v1/invites", Map.of("email", address, "role", "owner")),
        403,
        "forbidden");
    for (Role role : List.of(Role.MEMBER, Role.AUDITOR)) {
      SignedIn one = SignedIn.somebody(SERVER);
      one.join(tenant, role);
      Browser browser = in(one, tenant);
      refused(
          browser.post("/v1/invites", Map.of("email", address, "role", "member")),
          403,
          "forbidden");
      assertThat(browser.get("/v1/invites").status()).as("members see them").isEqualTo(200);
    }
    refused(
        boss.post("/v1/invites", Map.of("email", "nobody", "role", "member")),
        422,
        "invalid_field");
    refused(
        boss.post("/v1/invites", Map.of("email", address, "role", "king")), 422, "invalid_field");
    assertThat(Letters.to(address)).isEmpty();
  }

  @Test
  void anotherLetterHasAnotherCodeAndTheOldOneIsWorthNothing() {
    String first = code("member");
    refused(invite("member"), 409, "already_invited");
    Answer read = boss.get("/v1/invites/" + onlyInvite());
    Answer stale =
        boss.write("POST", "/v1/invites/" + onlyInvite() + "/letter", null, "If-Match", "\"77\"");
    refused(stale, 412, "precondition_failed");
    assertThat(write("POST", read, "/letter").status()).isEqualTo(200);
    String second = Letters.code(address, 2);
    assertThat(second).isNotEqualTo(first);
    Browser ann = invitee();
    refused(accept(ann, first), 410, "invite_revoked");
    assertThat(accept(ann, second).status()).isEqualTo(200);
    Answer over = boss.get("/v1/invites/" + onlyInvite());
    refused(write("DELETE", over, ""), 410, "gone");
  }

  @Test
  void aRequestThatIsSentAgainIsOneInviteAndOneLetter() {
    Map<String, String> wanted = Map.of("email", address, "role", "member");
    Answer once =
        boss.write("POST", "/v1/invites", wanted, "Idempotency-Key", "\"k-" + address + "\"");
    Answer twice =
        boss.write("POST", "/v1/invites", wanted, "Idempotency-Key", "\"k-" + address + "\"");
    assertThat(twice.text("id")).as(twice.http().body()).isEqualTo(once.text("id"));
    Letters.code(address, 1);
    assertThat(boss.get("/v1/invites").body().path("items").size()).isEqualTo(1);
  }

  @Test
  void declinedIsOverAndAMemberNeedsNone() {
    String code = code("member");
    Browser ann = invitee();
    Answer declined = ann.post("/v1/invitation/decline", Map.of("code", code));
    assertThat(declined.status()).as(declined.http().body()).isEqualTo(200);
    refused(accept(ann, code), 410, "invite_used");
    assertThat(ann.get("/v1/workspaces").body().path("items").size()).isZero();

    SignedIn member = SignedIn.withAddress(SERVER, address);
    member.join(tenant, Role.MEMBER);
    invite("admin");
    refused(accept(of(member), Letters.code(address, 2)), 409, "already_member");
  }

  @Test
  void anothersInviteAndNoneAreAnsweredAlike() {
    code("member");
    String id = onlyInvite();
    SignedIn stranger = SignedIn.somebody(SERVER);
    Browser elsewhere = in(stranger, stranger.tenant(Role.OWNER));
    for (String wanted : List.of(id, UUID.randomUUID().toString())) {
      refused(elsewhere.get("/v1/invites/" + wanted), 404, "not_found");
      refused(
          elsewhere.write("DELETE", "/v1/invites/" + wanted, null, "If-Match", "\"1\""),
          404,
          "not_found");
    }
    assertThat(elsewhere.get("/v1/invites").body().path("items").size()).isZero();
    assertThat(boss.get("/v1/invites/" + id).text("state")).isEqualTo("open");
  }

  @Test
  void aPageOfManyGoesOnWithACursor() {
    for (int n = 0; n < 3; n++) {
      boss.post("/v1/invites", Map.of("email", n + address, "role", "member"));
    }
    Answer first = boss.get("/v1/invites?limit=2");
    assertThat(first.body().path("items").size()).isEqualTo(2);
    Answer rest = boss.get("/v1/invites?limit=2&cursor=" + first.text("next"));
    assertThat(rest.body().path("items").size()).isEqualTo(1);
    assertThat(rest.text("next")).isEmpty();
  }

  @Test
  void nothingThatIsStoredIsEnoughToAccept() {
    String code = code("member");
    List<String> rows =
        SERVER
            .superuser()
            .sql(
                """
                select row_to_json(i)::text || row_to_json(c)::text
                  from identity.invite i join identity.invite_code c using (tenant_id, invite_id)
                 where i.tenant_id = :tenant
                """)
            .param("tenant", tenant.value())
            .query(String.class)
            .list();
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst()).doesNotContain(code).doesNotContain(address);
  }
}
