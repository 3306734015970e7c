package dev.cofferdam.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.nodes.Machine;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of groups: what stands there, who may do what, and that the API sees the same. */
class GroupPagesTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final String tenant = SERVER.newTenant().tenant().toString();
  private final Browser admin = Browser.ofMember(SERVER, tenant, Role.ADMIN);

  private Answer form(String path, Map<String, String> fields) {
    return admin.form(path, admin.token(), fields);
  }

  private String made(String name) {
    return admin.post("/v1/groups", Map.of("name", name)).text("id");
  }

  private static String page(Browser browser, String path) {
    Answer page = browser.get(path);
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    return page.http().body();
  }

  private static String option(String id) {
    return "<option value=\"" + id + "\">";
  }

  private static String takeOut(String kind, String id) {
    return "name=\"" + kind + "\" value=\"" + id + "\"";
  }

  @Test
  void aGroupIsMadeAndRemoved() {
    assertThat(page(admin, "/home")).contains("href=\"/groups\"");
    assertThat(page(admin, "/groups")).contains("There is none yet.");

    Answer made = form("/groups", Map.of("name", " <Crew> "));

    assertThat(made.status()).isEqualTo(303);
    String members = made.header("Location");
    assertThat(members).matches("/groups/[0-9a-f-]{36}/members");
    assertThat(page(admin, "/groups")).contains("&lt;Crew&gt;", members);
    assertThat(page(admin, members)).contains("The people in &lt;Crew&gt;", "There is none.");

    String removal = members.replace("/members", "/remove");
    assertThat(form(removal, Map.of("version", "7")).status()).as("an older page").isEqualTo(412);
    Answer removed = form(removal, Map.of("version", "1"));
    assertThat(removed.status()).isEqualTo(303);
    assertThat(removed.header("Location")).isEqualTo("/groups");
    assertThat(page(admin, "/groups")).doesNotContain("Crew");
    assertThat(admin.get(members).status()).isEqualTo(404);
    assertThat(form(removal, Map.of("version", "1")).status()).isEqualTo(404);
  }

  @Test
  void aPersonIsPutInAndTakenOut() {
    String path = "/groups/" + made("Crew") + "/members";
    String member = Browser.ofMember(SERVER, tenant, Role.MEMBER).get("/v1/me").text("person_id");
    assertThat(page(admin, path)).contains(option(member));

    assertThat(form(path, Map.of("person", member)).status()).isEqualTo(303);

    assertThat(page(admin, path))
        .contains(takeOut("person", member))
        .doesNotContain(option(member));
    assertThat(admin.get("/v1" + path).http().body()).contains(member);
    assertThat(form(path + "/remove", Map.of("person", member)).status()).isEqualTo(303);
    assertThat(page(admin, path)).contains("There is none.", option(member));
    assertThat(form(path + "/remove", Map.of("person", member)).status()).isEqualTo(404);
  }

  @Test
  void aNodeIsPutInAndTakenOut() {
    String path = "/groups/" + made("Presses") + "/nodes";
    assertThat(page(admin, path)).contains("There is no other.");
    String node = Machine.registered(SERVER, admin, "<press>").id().toString();
    assertThat(page(admin, path)).contains(option(node) + "&lt;press&gt;");

    assertThat(form(path, Map.of("node", node)).status()).isEqualTo(303);

    assertThat(page(admin, path))
        .contains("<strong>&lt;press&gt;</strong>", takeOut("node", node))
        .doesNotContain(option(node));
    assertThat(admin.get("/v1" + path).http().body()).contains(node);
    assertThat(form(path + "/remove", Map.of("node", node)).status()).isEqualTo(303);
    assertThat(page(admin, path)).contains("There is none.", option(node));

    form("/nodes/revoke", Map.of("node", node));
    assertThat(page(admin, path)).as("of one that is revoked").doesNotContain(option(node));
    assertThat(form(path, Map.of("node", node)).status()).isEqualTo(404);
  }

  /** They are gone through beside what is in the group, both from one id on. */
  @Test
  void thoseToChooseFromBeginWhereTheyAreAskedFor() {
    String path = "/groups/" + made("Presses") + "/nodes";
    String[] nodes =
        Stream.of("one", "two", "three")
            .map(name -> Machine.registered(SERVER, admin, name).id().toString())
            .sorted()
            .toArray(String[]::new);
    form(path, Map.of("node", nodes[1]));

    assertThat(page(admin, path + "?others=" + nodes[0]))
        .contains(takeOut("node", nodes[1]), option(nodes[2]))
        .doesNotContain(option(nodes[0]))
        .doesNotContain(option(nodes[1]));
    assertThat(page(admin, path + "?after=" + nodes[1]))
        .contains("There is none.", option(nodes[0]), option(nodes[2]))
        .doesNotContain(option(nodes[1]));
  }

  @Test
  void longListsGoOnOnTheNextPage() {
    for (int n = 0; n <= 50; n++) {
      made("Group " + n);
    }
    String first = page(admin, "/groups");
    assertThat(first).contains("Group 49<").doesNotContain("Group 50<");
    String next = first.replaceAll("(?s).*href=\"(/groups\\?after=[^\"]+)\".*", "$1");

    assertThat(page(admin, next)).contains("Group 50<").doesNotContain("Group 49<", "More groups");
  }

  @Test
  void whatIsWrongComesBackOnThePage() {
    made("Crew");

    Answer blank = form("/groups", Map.of("name", " "));
    assertThat(blank.status()).isEqualTo(422);
    assertThat(blank.http().body()).contains("Write a name of 1 to 100 characters.");
    Answer taken = form("/groups", Map.of("name", "CREW"));
    assertThat(taken.status()).isEqualTo(422);
    assertThat(taken.http().body())
        .contains("Another group has that name.", "value=\"CREW\"", "aria-invalid");
  }

  @Test
  void membersAndAuditorsSeeGroupsAndNoForms() {
    String group = "/groups/" + made("Crew");
    String node = Machine.registered(SERVER, admin, "press").id().toString();
    form(group + "/nodes", Map.of("node", node));
    for (Role role : new Role[] {Role.MEMBER, Role.AUDITOR}) {
      Browser other = Browser.ofMember(SERVER, tenant, role);

      assertThat(page(other, "/groups")).contains(">Crew<").doesNotContain("Make the group");
      assertThat(page(other, group + "/nodes"))
          .contains(">press<")
          .doesNotContain("Take out", "Put in", "<option", "Remove the group");
      assertThat(page(other, group + "/members")).doesNotContain("<option", "Remove the group");
      for (String path :
          new String[] {
            "/groups",
            group + "/nodes",
            group + "/nodes/remove",
            group + "/members",
            group + "/members/remove",
            group + "/remove"
          }) {
        Map<String, String> fields =
            path.equals("/groups")
                ? Map.of("name", "Other")
                : path.endsWith("/members") || path.endsWith("/members/remove")
                    ? Map.of("person", node)
                    : path.equals(group + "/remove")
                        ? Map.of("version", "1")
                        : Map.of("node", node);
        assertThat(other.form(path, other.token(), fields).status()).as(path).isEqualTo(403);
      }
    }
    assertThat(page(admin, group + "/nodes")).contains(takeOut("node", node));
  }

  @Test
  void whatIsAnothersIsMissing() {
    String group = "/groups/" + made("Crew");
    Browser stranger = Browser.ofMember(SERVER, SERVER.newTenant().tenant().toString(), Role.OWNER);
    String own = stranger.get("/v1/me").text("person_id");

    assertThat(stranger.get(group + "/members").status()).isEqualTo(404);
    assertThat(stranger.get(group + "/nodes").status()).isEqualTo(404);
    assertThat(stranger.form(group + "/members", stranger.token(), Map.of("person", own)).status())
        .isEqualTo(404);
    assertThat(form(group + "/members", Map.of("person", own)).status())
        .as("somebody of another tenant")
        .isEqualTo(404);
    assertThat(form(group + "/nodes", Map.of("node", UUID.randomUUID().toString())).status())
        .isEqualTo(404);
  }
}
