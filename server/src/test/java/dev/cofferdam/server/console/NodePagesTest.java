package dev.cofferdam.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.nodes.Machine;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of nodes and of bootstrap tokens. */
class NodePagesTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private static final Pattern TOKEN = Pattern.compile("cofferdam_boot_[0-9a-f]{96}");

  private final String tenant = SERVER.newTenant().tenant().toString();
  private final Browser admin = Browser.ofMember(SERVER, tenant, Role.ADMIN);

  private Answer form(String path, Map<String, String> fields) {
    return admin.form(path, admin.token(), fields);
  }

  private static String page(Browser browser, String path) {
    return browser.get(path).http().body();
  }

  @Test
  void aTokenIsShownOnceAndItsMachineIsSeenRenamedAndRevoked() {
    Answer made = form("/bootstrap-tokens", Map.of("name", " <Press> ", "minutes", "60"));
    Matcher token = TOKEN.matcher(made.http().body());
    assertThat(token.find()).as(made.http().body()).isTrue();
    assertThat(made.http().body()).contains("“&lt;Press&gt;”").contains("cofferdam-node register");
    assertThat(page(admin, "/bootstrap-tokens")).doesNotContain(token.group()).contains(">open<");

    Machine machine = new Machine(SERVER);
    String node = machine.register(token.group()).text("node_id");
    assertThat(page(admin, "/bootstrap-tokens")).contains(">used<");
    assertThat(page(admin, "/nodes"))
        .contains("&lt;Press&gt;")
        .contains("key " + machine.key.jwk().thumbprint().substring(0, 8))
        .contains("never seen");

    Answer renamed =
        form("/nodes/rename", Map.of("node", node, "version", "1", "name", "Older press"));
    assertThat(renamed.status()).isEqualTo(303);
    assertThat(page(admin, "/nodes")).contains("Older press");
    assertThat(
            form("/nodes/rename", Map.of("node", node, "version", "1", "name", "Other"))
                .http()
                .body())
        .contains("It was renamed meanwhile");

    assertThat(form("/nodes/revoke", Map.of("node", node)).status()).isEqualTo(303);
    assertThat(page(admin, "/nodes")).contains(">revoked<").doesNotContain("Revoke Older press");
    assertThat(form("/nodes/revoke", Map.of("node", node)).status()).isEqualTo(404);
  }

  @Test
  void whatIsWrongComesBackOnThePage() {
    Answer blank = form("/bootstrap-tokens", Map.of("name", " ", "minutes", "60"));
    assertThat(blank.status()).isEqualTo(422);
    assertThat(blank.http().body()).contains("Write a name of 1 to 100 characters.");
    Machine one = Machine.registered(SERVER, admin, "one");
    Machine.registered(SERVER, admin, "other");
    assertThat(
            form(
                    "/nodes/rename",
                    Map.of("node", one.id().toString(), "version", "1", "name", "OTHER"))
                .http()
                .body())
        .contains("Another node has that name.");
  }

  @Test
  void aTokenIsRevokedByItsButton() {
    form("/bootstrap-tokens", Map.of("name", "press", "minutes", "15"));
    Matcher id =
        Pattern.compile("name=\"bootstrap\" value=\"([^\"]+)\"")
            .matcher(page(admin, "/bootstrap-tokens"));
    assertThat(id.find()).isTrue();

    assertThat(form("/bootstrap-tokens/revoke", Map.of("bootstrap", id.group(1))).status())
        .isEqualTo(303);

    assertThat(page(admin, "/bootstrap-tokens")).contains(">revoked<");
  }

  @Test
  void membersSeeNodesAndNoButtons() {
    Machine.registered(SERVER, admin, "press");
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);

    assertThat(page(member, "/nodes")).contains("press").doesNotContain("Revoke");
    assertThat(member.get("/bootstrap-tokens").status()).isEqualTo(403);
    Browser auditor = Browser.ofMember(SERVER, tenant, Role.AUDITOR);
    assertThat(page(auditor, "/bootstrap-tokens"))
        .contains("press")
        .doesNotContain("Make the token");
  }
}
