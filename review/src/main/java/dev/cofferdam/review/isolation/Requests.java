package dev.cofferdam.review.isolation;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** ISO-05 over HTTP: three tenants at once, on a server with two connections to its database. */
public final class Requests {
  /** With which the names begin of what is made here, followed by where. */
  private static final String MADE_IN = "made in ";

  private static final int TURNS = 15;

  private Requests() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "ISO-05.requests",
            "reads, writes and fails in three tenants at once, and looks for what is another's",
            Mode.NOISY,
            Set.of(Identity.OWNER),
            Requests::interleaved,
            NamedTenants::readsItsOwn));
  }

  private static Verdict interleaved(Target target) throws Exception {
    List<Occupant> all = List.of(target.attacker(), target.victim(), target.placed());
    List<Future<Optional<String>>> running = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Occupant own : all) {
        for (Part part : List.of(Part.OWNER, Part.ADMIN)) {
          Browser browser = target.web().as(own.id(), part);
          Things things = target.web().things(own.id());
          running.add(executor.submit(() -> works(browser, own, things, all)));
        }
      }
    }
    for (Future<Optional<String>> one : running) {
      Optional<String> got = one.get();
      if (got.isPresent()) {
        return new Verdict.Succeeded(got.get());
      }
    }
    return new Verdict.Refused(
        running.size() + " people × " + TURNS + " turns, none saw what was not its own");
  }

  /** What somebody saw that is another's. */
  private static Optional<String> works(
      Browser browser, Occupant own, Things things, List<Occupant> all) {
    for (int turn = 0; turn < TURNS; turn++) {
      for (Ask ask : asks(own, things)) {
        Reply reply = browser.ask(ask);
        for (Occupant other : all) {
          if (!other.equals(own) && reply.readable().contains(MADE_IN + other.slug())) {
            return Optional.of(
                own.slug() + " asked " + ask + " and met what was " + MADE_IN + other.slug());
          }
          if (!other.equals(own) && reply.readable().contains(other.canary())) {
            return Optional.of(
                own.slug()
                    + " asked "
                    + ask
                    + " and met `"
                    + other.canary()
                    + "` of "
                    + other.slug());
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * A thing made, a change that is undone by what is in its way, one that is no change, and lists.
   */
  private static List<Ask> asks(Occupant own, Things things) {
    return List.of(
        Ask.of("POST", "/v1/groups")
            .json(Map.of("name", MADE_IN + own.slug() + " " + UUID.randomUUID())),
        Ask.of("PATCH", "/v1/groups/" + things.first("group"))
            .with("If-Match", "\"1\"")
            .json(Map.of("name", "Group of " + own.slug())),
        Ask.of("PATCH", "/v1/projects/" + things.first("project"))
            .with("If-Match", "\"99\"")
            .json(Map.of("state", "archived")),
        Ask.of("PUT", "/v1/groups/" + things.first("group") + "/members/" + things.first("person")),
        Ask.get("/v1/groups?limit=200"),
        Ask.get("/v1/tenant"));
  }
}
