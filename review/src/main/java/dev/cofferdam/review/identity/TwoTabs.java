package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** IDN-15: a form that was left open in one tab, and sent after another tab went elsewhere. */
public final class TwoTabs {
  private TwoTabs() {}

  public static List<Attack> all() {
    return List.of(
        // It moves a session that others need, and founds a tenant more.
        new Attack(
            "IDN-15.left-open",
            "sends every form of one workspace after the session went to another",
            Mode.NOISY,
            Set.of(Identity.OWNER),
            target -> leftOpen(target.scene()),
            target -> freshFormsWork(target.scene())));
  }

  private static Verdict leftOpen(Scene scene) throws SQLException {
    Web web = scene.web();
    Resident owner = web.resident(scene.attacker().id(), Part.OWNER);
    Browser browser = web.as(owner);
    String left = browser.token();
    elsewhere(browser);
    Things things = web.things(scene.attacker().id());
    Refusals refusals = new Refusals(scene, owner, "workspace_changed");
    for (Route route : web.probes().inOrder(web.routes())) {
      if (route.changes()) {
        Ask ask = leftOpen(web.probes().ask(route, things::first), route, left, web);
        refusals.add(new Asked("a tab that was left open", route, ask, browser.bare(ask)));
        if (refusals.done().isPresent()) {
          return refusals.done().get();
        }
      }
    }
    return refusals.judged("forms of another workspace");
  }

  /** Founds one more tenant and goes to work there, as in another tab of the same browser. */
  private static void elsewhere(Browser browser) {
    Reply founded =
        done(
            browser.ask(
                Ask.of("POST", "/v1/tenants")
                    .with("Idempotency-Key", "two-tabs-0001")
                    .json(Map.of("slug", "harbour-annex", "name", "The annex"))));
    done(
        browser.ask(
            Ask.of("PUT", "/v1/session/workspace")
                .json(Map.of("tenant_id", founded.member("tenant_id")))));
  }

  private static Reply done(Reply reply) {
    if (!reply.isDone()) {
      throw new IllegalStateException("nobody works in two tenants: " + reply.readable());
    }
    return reply;
  }

  /** With the token where a form has it, or a script puts it. */
  private static Ask leftOpen(Ask ask, Route route, String token, Web web) {
    Ask sent = ask.with("Origin", web.site().origin());
    byte[] body = ask.body();
    if (!route.isPage() || body == null) {
      return sent.with("Cofferdam-CSRF", token);
    }
    String form = new String(body, StandardCharsets.UTF_8);
    return sent.text(
        "application/x-www-form-urlencoded",
        form + (form.isEmpty() ? "" : "&") + Ask.encoded(Map.of("_csrf", token)));
  }

  /** The probe: a form of the workspace that the session is in by now. */
  private static String freshFormsWork(Scene scene) {
    Web web = scene.web();
    Browser browser = web.spare(web.resident(scene.attacker().id(), Part.OWNER)).getFirst();
    Reply reply =
        browser.ask(
            Ask.of("POST", "/v1/groups")
                .json(Map.of("name", "of a new form " + UUID.randomUUID())));
    if (!reply.isDone()) {
      throw new IllegalStateException("nor is a form of the own workspace taken: " + reply);
    }
    return "a form of the workspace that one is in makes a group";
  }
}
