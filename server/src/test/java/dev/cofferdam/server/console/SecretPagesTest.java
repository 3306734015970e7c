package dev.cofferdam.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets on pages: what stands there, what can be done, and that a value never comes back. */
class SecretPagesTest {
  private static final String VALUE = "the value that nobody reads";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final String tenant = SERVER.newTenant().tenant().toString();
  private final Browser owner = Browser.ofMember(SERVER, tenant, Role.OWNER);
  private final String project = owner.post("/v1/projects", Map.of("name", "Hull")).text("id");
  private final String path = "/secrets/" + project;

  private Answer form(String action, Map<String, String> fields) {
    return owner.form(path + action, owner.token(), fields);
  }

  private String page(String query) {
    Answer page = owner.get(path + query);
    assertThat(page.status()).as(page.http().body()).isEqualTo(200);
    assertThat(page.http().body()).doesNotContain(VALUE);
    return page.http().body();
  }

  private void become(String relation) {
    String me = owner.get("/v1/me").text("person_id");
    owner.write(
        "PUT", "/v1/projects/" + project + "/grants/person/" + me, Map.of("relation", relation));
  }

  @Test
  void whoMayWriteMakesGivesDeletesAndRestores() {
    become("writer");
    assertThat(owner.get("/secrets").http().body()).contains(path, ">Hull<");

    assertThat(
            form("", Map.of("name", "db-password", "note", "of the orders", "days", "")).status())
        .isEqualTo(303);
    assertThat(page("")).contains(">db-password<", ">of the orders<", ">empty<");
    assertThat(
            form("/value", Map.of("secret", "db-password", "version", "1", "value", VALUE))
                .status())
        .isEqualTo(303);
    assertThat(page("")).contains("Version 1.", ">live<");
    assertThat(
            form("/value", Map.of("secret", "db-password", "version", "1", "value", VALUE))
                .status())
        .as("a page that is older than the value")
        .isEqualTo(412);

    form("/delete", Map.of("secret", "db-password"));
    assertThat(page("")).doesNotContain(">db-password<");
    assertThat(page("?state=deleted")).contains(">db-password<", ">Restore<");
    form("/restore", Map.of("secret", "db-password"));
    assertThat(page("")).contains(">db-password<");
  }

  @Test
  void whatCannotBeIsSaidOnThePage() {
    become("manager");

    assertThat(form("", Map.of("name", "No Name")).status()).isEqualTo(422);
    assertThat(form("", Map.of("name", "No Name")).http().body())
        .contains("role=\"alert\"", "No Name");
    form("", Map.of("name", "taken"));
    assertThat(form("", Map.of("name", "taken")).http().body()).contains("one of this name");
  }

  @Test
  void whoMayNotWriteFindsNoFormsAndWhoMayNotSeeNothing() {
    assertThat(page("")).doesNotContain("method=\"post\" action=\"" + path);
    assertThat(form("", Map.of("name", "db-password")).status()).isEqualTo(403);
    Browser member = Browser.ofMember(SERVER, tenant, Role.MEMBER);

    assertThat(member.get(path).status()).isEqualTo(404);
    assertThat(member.get("/secrets").http().body()).doesNotContain(path);
  }
}
