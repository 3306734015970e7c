package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Spill;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ISO-08 over HTTP: naming another tenant in every place where a request could name one. */
public final class NamedTenants {
  private static final List<String> FIELDS =
      List.of(
          "X-Tenant-Id",
          "X-Tenant",
          "Tenant",
          "Cofferdam-Tenant",
          "X-Org-Id",
          "X-Workspace",
          "X-Scope-OrgID",
          "X-Schema",
          "X-Forwarded-Host");
  private static final List<String> PARAMETERS =
      List.of("tenant", "tenant_id", "workspace", "org", "schema", "search_path");
  private static final List<String> COOKIES =
      List.of("tenant", "tenant_id", "__Host-cofferdam-workspace", "workspace");

  private NamedTenants() {}

  public static List<Attack> all() {
    return List.of(
        Attack.portable(
            "ISO-08.named",
            "names the victim, `public` and `pg_catalog` in header fields, query, cookies and paths",
            Mode.NOISY,
            Set.of(Identity.OWNER),
            new Portable(NamedTenants::named, NamedTenants::readsItsOwn)));
  }

  private static Verdict named(Scene scene) {
    Web web = scene.web();
    Browser owner = web.as(scene.attacker().id(), Part.OWNER);
    Things own = web.things(scene.attacker().id());
    Spill spill = new Spill(scene.victim().canary(), web.things(scene.victim().id()));
    Spill canary = new Spill(scene.victim().canary(), new Things(Map.of()));
    List<Asked> all = new ArrayList<>();
    for (Route route : web.swept()) {
      if (!route.access().equals("tenant") || route.changes()) {
        continue;
      }
      Ask plain = web.probes().ask(route, own::firstOrMissing);
      for (Ask ask : spelt(plain, scene, cookieField(owner))) {
        Asked asked = new Asked("an owner", route, ask, owner.ask(ask));
        // One's own log names what one has asked for before, and was denied.
        Spill looked = route.action().startsWith("record.") ? canary : spill;
        Optional<String> spilt = looked.in(ask, asked.reply());
        if (spilt.isPresent()) {
          return new Verdict.Succeeded(asked.told() + " with " + spilt.get());
        }
        all.add(asked);
      }
    }
    return new Verdict.Refused(all.size() + " ways to name a tenant: " + Denial.summary(all));
  }

  /** The same request with a tenant named in it, in one place each. */
  private static List<Ask> spelt(Ask plain, Scene scene, String cookies) {
    List<Ask> all = new ArrayList<>();
    String id = scene.victim().id().toString();
    for (String name : List.of(id, scene.victim().slug(), "public", "pg_catalog")) {
      // Every field at once: one that is heeded is enough, and says which by what comes back.
      Ask fields = plain;
      for (String field : FIELDS) {
        fields = fields.with(field, name);
      }
      all.add(fields);
      all.add(
          plain.with(
              "Cookie",
              COOKIES.stream()
                  .map(cookie -> cookie + "=" + name)
                  .collect(Collectors.joining("; ", cookies + "; ", ""))));
    }
    for (String parameter : PARAMETERS) {
      String joint = plain.target().contains("?") ? "&" : "?";
      all.add(plain.at(plain.target() + joint + Ask.encoded(Map.of(parameter, id))));
    }
    for (String prefix : List.of("/v1/tenants/" + id, "/t/" + scene.victim().slug(), "/" + id)) {
      all.add(plain.at(prefix + plain.target().replaceFirst("^/v1(?=/)", "")));
    }
    return all;
  }

  private static String cookieField(Browser browser) {
    return browser.cookies().entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** The probe: the same person reads what is in the workspace of the session. */
  static String readsItsOwn(Target target) {
    return readsItsOwn(target.scene());
  }

  static String readsItsOwn(Scene scene) {
    String answer = scene.web().as(scene.attacker().id(), Part.OWNER).get("/v1/groups").text();
    if (!answer.contains(scene.attacker().canary())) {
      throw new IllegalStateException("the attacker's owner cannot read its own: " + answer);
    }
    return "its own canary is readable over HTTP";
  }
}
