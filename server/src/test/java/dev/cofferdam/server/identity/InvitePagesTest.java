package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.Letters;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Invites and members by the pages, as a browser without scripts uses them. */
class InvitePagesTest {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final SignedIn owner = SignedIn.somebody(SERVER);
  private final TenantId tenant = owner.tenant(Role.OWNER);
  private final String address = "bob-" + UUID.randomUUID() + "@example.org";

  private static String first(Pattern pattern, Answer page) {
    Matcher found = pattern.matcher(page.http().body());
    assertThat(found.find()).as(page.http().body()).isTrue();
    return found.group(1);
  }

  private static String hidden(String name, Answer page) {
    return first(Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\""), page);
  }

  private static String next(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(303);
    return answer.http().headers().firstValue("Location").orElseThrow();
  }

  @Test
  void fromTheInvitationToTheListOfMembers() throws Exception {
    owner.enter(tenant);
    Browser boss = new Browser(SERVER, owner.handle);
    Answer page = boss.get("/invites");
    assertThat(page.http().body()).contains("Nobody was invited yet").doesNotContain("<script");
    String token = first(TOKEN, page);
    Answer wrong = boss.form("/invites", token, Map.of("email", "\"><i>", "role", "member"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.http().body()).contains("That is no e-mail address").doesNotContain("<i>");
    assertThat(next(boss.form("/invites", token, Map.of("email", address, "role", "member"))))
        .isEqualTo("/invites");
    assertThat(
            boss.form("/invites", token, Map.of("email", address, "role", "member")).http().body())
        .contains("has an open invitation");
    assertThat(boss.get("/invites").http().body()).contains(address, ">open<");

    assertThat(SERVER.get("/invite").body()).contains("/sign-in?return_to=/invite");
    Browser bob = new Browser(SERVER, SignedIn.withAddress(SERVER, address).handle);
    Answer way = bob.get("/invite");
    String code = Letters.code(address, 1);
    Answer shown = bob.form("/invite", first(TOKEN, way), Map.of("code", code));
    assertThat(shown.http().body()).contains("A tenant", "Some One", "member");
    assertThat(shown.http().uri().toString()).doesNotContain(code);
    assertThat(
            next(
                bob.form(
                    "/invite/accept", first(TOKEN, shown), Map.of("code", hidden("code", shown)))))
        .isEqualTo("/workspaces");
    Answer workspaces = bob.get("/workspaces");
    assertThat(workspaces.http().body()).contains("A tenant", "you are member");

    Answer members = boss.get("/members");
    assertThat(members.http().body())
        .contains("this is you", "Hand over", "accepted an invitation as member")
        .doesNotContain("<script");
    assertThat(bob.form("/members/leave", first(TOKEN, workspaces), Map.of()).status())
        .as("not in the workspace yet")
        .isEqualTo(403);
  }

  @Test
  void aMemberLosesARoleIsRemovedAndTheOwnerStays() {
    SignedIn bob = SignedIn.withAddress(SERVER, address);
    bob.join(tenant, Role.ADMIN);
    bob.enter(tenant);
    owner.enter(tenant);
    Browser boss = new Browser(SERVER, owner.handle);
    Answer page = boss.get("/members");
    String token = first(TOKEN, page);
    Map<String, String> fields =
        Map.of("person", bob.opened.person().toString(), "version", "1", "role", "member");
    assertThat(next(boss.form("/members/role", token, fields))).isEqualTo("/members");
    assertThat(boss.form("/members/role", token, fields).text("code"))
        .as("a page that was left open")
        .isEqualTo("precondition_failed");
    assertThat(boss.form("/members/leave", token, Map.of()).text("code")).isEqualTo("last_owner");
    assertThat(
            next(
                boss.form(
                    "/members/remove",
                    token,
                    Map.of("person", bob.opened.person().toString(), "version", "2"))))
        .isEqualTo("/members");
  }
}
