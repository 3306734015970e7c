package dev.cofferdam.review.routes;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Probes;
import dev.cofferdam.review.web.Route;
import dev.cofferdam.review.web.Snapshot;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import tools.jackson.databind.json.JsonMapper;

/**
 * ADM-02: members, parameters and fields of forms that nobody declared, in requests that are right.
 */
public final class MassAssignment {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> NAMES =
      List.of(
          "role",
          "is_admin",
          "tenant_id",
          "id",
          "person_id",
          "owner",
          "version",
          "state",
          "created_at",
          "permissions",
          "__proto__",
          "tenant.id");

  private MassAssignment() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "ADM-02.members",
            "adds members to every JSON body that would make more of it than was asked",
            MassAssignment::members),
        attack(
            "ADM-02.parameters",
            "adds parameters to every query and fields to every form",
            MassAssignment::parameters));
  }

  private static Attack attack(String id, String does, BiFunction<Probes, Laden, List<Ask>> asks) {
    return Attack.amongOwn(
        id,
        does,
        Mode.NOISY,
        Set.of(Identity.OWNER),
        scene -> laden(scene, asks),
        MassAssignment::isDone,
        RightfulUse::works);
  }

  /** A route, and what there is to ask for. */
  private record Laden(Route route, Things own, String victim) {}

  private static Verdict laden(Scene scene, BiFunction<Probes, Laden, List<Ask>> asks)
      throws SQLException {
    Web web = scene.web();
    Browser owner = web.as(scene.attacker().id(), Part.OWNER);
    Browser operator = web.freshOperator();
    Things own = web.things(scene.attacker().id());
    List<Asked> all = new ArrayList<>();
    try (Session superuser = scene.asSuperuser()) {
      Snapshot before = Snapshot.of(superuser);
      for (Route route : web.swept()) {
        if (web.probes().isElsewhere(route)) {
          continue;
        }
        Laden laden = new Laden(route, own, scene.victim().id().toString());
        for (Ask ask : asks.apply(web.probes(), laden)) {
          // Only whoever gets as far as the handler learns whether it reads what nobody declared.
          Browser by = operators(route) ? operator : owner;
          Asked asked = new Asked("whoever may", route, ask, by.ask(ask));
          if (asked.reply().isDone()) {
            return new Verdict.Succeeded(asked.told() + ", sending " + text(ask));
          }
          all.add(asked);
        }
      }
      List<String> changed = Snapshot.of(superuser).changedSince(before);
      if (!changed.isEmpty()) {
        return new Verdict.Succeeded("refused, and there is a change in " + changed);
      }
    }
    for (Asked asked : all) {
      if (!Set.of("unknown_field", "malformed_request").contains(asked.reply().code())) {
        return new Verdict.Inconclusive(asked.told() + ", sending " + text(asked.ask()));
      }
    }
    return new Verdict.Refused(all.size() + " requests with more in them: " + Denial.summary(all));
  }

  private static boolean operators(Route route) {
    return route.access().equals("operator");
  }

  private static String text(Ask ask) {
    byte[] body = ask.body();
    return body == null ? "nothing more" : new String(body, StandardCharsets.UTF_8);
  }

  /** One member more each; and one that is there, a second time. */
  private static List<Ask> members(Probes probes, Laden laden) {
    Route route = laden.route();
    if (!route.json()) {
      return List.of();
    }
    List<Ask> asks = new ArrayList<>();
    Map<String, Object> body =
        probes.body(route, name -> probes.value(route, name, laden.own()::first));
    for (String name : NAMES) {
      if (!body.containsKey(name)) {
        Map<String, Object> more = new LinkedHashMap<>(body);
        more.put(name, name.endsWith("id") ? laden.victim() : "owner");
        asks.add(plain(probes, laden).json(more));
      }
    }
    Route.Field first = route.fields().getFirst();
    String value = JSON.writeValueAsString(body.get(first.name()));
    asks.add(
        plain(probes, laden)
            .text(
                "application/json",
                "{\"%1$s\":%2$s,\"%1$s\":%2$s}".formatted(first.name(), value)));
    asks.add(plain(probes, laden).json(List.of(body)));
    return asks;
  }

  private static Ask plain(Probes probes, Laden laden) {
    return probes.ask(laden.route(), laden.own()::first);
  }

  /** One parameter more each: in the query of what the API has, in the form of what a page has. */
  private static List<Ask> parameters(Probes probes, Laden laden) {
    Route route = laden.route();
    // Outside of the API, an address may bear what others put there.
    if (!route.changes() && !route.path().startsWith("/v1/")) {
      return List.of();
    }
    List<Ask> asks = new ArrayList<>();
    for (String name : NAMES) {
      Ask whole = plain(probes, laden);
      if (route.query().contains(name)) {
        continue;
      }
      String more = Ask.encoded(Map.of(name, name.endsWith("id") ? laden.victim() : "owner"));
      byte[] body = whole.body();
      asks.add(
          route.isPage() && body != null
              ? new Ask(
                  whole.method(),
                  whole.target(),
                  whole.fields(),
                  (new String(body, StandardCharsets.UTF_8) + "&" + more)
                      .getBytes(StandardCharsets.UTF_8))
              : whole.at(whole.target() + (whole.target().contains("?") ? "&" : "?") + more));
    }
    return asks;
  }

  /** The probe where not everything may be done: one of the requests without anything more is. */
  private static String isDone(Scene scene) {
    Ask plain =
        Ask.of("POST", "/v1/groups").json(Map.of("name", "of an owner " + UUID.randomUUID()));
    Reply reply = scene.web().as(scene.attacker().id(), Part.OWNER).ask(plain);
    if (!reply.isDone()) {
      throw new IllegalStateException("nothing is done for whoever asks plainly: " + reply.brief());
    }
    return "whoever asks plainly is answered";
  }
}
