package dev.cofferdam.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A tenant whose place cannot be made at once, as its founder sees it. */
class ProvisioningPagesTest {
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own("cofferdam.identity.new-tenants=schema", "cofferdam.audit.deadline=300ms");

  private final Browser browser = Browser.ofSomebody(SERVER);

  private Answer found(String slug) {
    return browser.form("/workspaces", browser.token(), Map.of("slug", slug, "name", "Acme"));
  }

  @Test
  void itsStateIsShownAndItIsGoneOnWithOnce() {
    String slug = "t" + UUID.randomUUID().toString().replace("-", "");
    SERVER
        .superuser()
        .sql(
            """
            create function public.no_schema() returns event_trigger language plpgsql
              as $$ begin raise 'planted'; end $$;
            create event trigger no_schema on ddl_command_start when tag in ('CREATE SCHEMA')
              execute function public.no_schema()""")
        .update();
    try {
      // Without its place it has no keys that sign, so the receipt of its founding is late.
      assertThat(found(slug).text("code")).isEqualTo("receipt_pending");
    } finally {
      SERVER.superuser().sql("drop event trigger no_schema").update();
    }

    assertThat(browser.get("/workspaces").http().body())
        .contains(">provisioning<", "Its name is yours, and its place is being made.", ">Go on<")
        .contains("name=\"slug\" value=\"" + slug + "\"")
        .doesNotContain(">Work here<");

    // Its keys are tried again once a second, so this receipt may be late as well.
    Answer again = found(slug);
    assertThat(again.status() == 303 || again.text("code").equals("receipt_pending"))
        .as(again.http().body())
        .isTrue();
    assertThat(browser.get("/workspaces").http().body())
        .containsOnlyOnce("id=\"tenant-" + slug)
        .contains(">active<", ">Work here<");
  }
}
