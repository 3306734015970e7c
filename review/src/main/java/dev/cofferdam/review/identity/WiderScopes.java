package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.AskingDevice;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * IDN-04 and ADM-03: whoever was given something asks for more, wherever tokens are given; reads
 * with a token what its person's role does not let them; or makes, as somebody who may give no
 * role, what has one.
 */
public final class WiderScopes {
  private static final String LET = "tenant:read";
  private static final String WIDER = "tenant:read groups:read";
  private static final String LOG = "audit:read";

  private WiderScopes() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-04.wider",
            "asks for more than a person let it have: by code, by device code and by refresh token",
            Identity.OWNER,
            WiderScopes::thanAPersonLet),
        attack(
            "IDN-04.wider-request",
            "has somebody asked for more than its client is registered for",
            Identity.OWNER,
            WiderScopes::thanIsRegistered),
        attack(
            "ADM-03.wider",
            "asks as a client for scopes that it was not given",
            Identity.SERVICE_TOKEN,
            WiderScopes::thanItsClient),
        attack(
            "ADM-03.role",
            "reads with tokens for the log what their person's role does not let them read",
            Identity.MEMBER,
            WiderScopes::thanTheRole),
        attack(
            "ADM-03.maker",
            "makes services, and gives one other keys, as somebody who may give no role",
            Identity.MEMBER,
            WiderScopes::thanTheMaker));
  }

  private static Attack attack(String id, String does, Identity who, Portable.Assault assault) {
    return Attack.restedAmongOwn(
        id, does, Mode.DESTRUCTIVE, Set.of(who), assault, WiderScopes::whatWasLetIsGiven);
  }

  private static Browser fresh(Web web, UUID tenant, Part part) {
    return web.as(tenant, part);
  }

  private static Ask wider(Ask ask) {
    return ask.field("scope", WIDER);
  }

  private static Reply reading(Web web, String path, Reply issued) {
    return web.nobody().bare(Tokens.bearing(Ask.get(path), issued.member("access_token")));
  }

  /**
   * What came of asking for more: nothing where it was refused, or where what was given reads no
   * more.
   *
   * @param met gets what was met
   */
  private static Optional<Verdict> beyond(Web web, String by, Reply reply, Set<String> met) {
    if (!reply.isDone()) {
      met.add(reply.code());
      return reply.code().equals("invalid_scope")
          ? Optional.empty()
          : Optional.of(new Verdict.Inconclusive(by + " met " + reply.readable()));
    }
    Reply read = reading(web, "/v1/groups", reply);
    met.add(read.code());
    if (read.isDone()) {
      return Optional.of(new Verdict.Succeeded("by " + by + " it reads what it was not let"));
    }
    return read.code().equals("insufficient_scope")
        ? Optional.empty()
        : Optional.of(new Verdict.Inconclusive(by + " met " + read.readable()));
  }

  private static Verdict thanAPersonLet(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    AskingClient client = AskingClient.registered(fresh(web, tenant, Part.OWNER), "Of more");
    Browser member = web.as(tenant, Part.MEMBER);
    AskingDevice device = AskingDevice.asking(web.nobody(), AskingDevice.COMMAND_LINE);
    member.ask(device.answered("allow"));
    Ask code = client.redeeming(client.code(member));
    Reply first = web.nobody().bare(client.redeeming(client.code(member)));
    Ask renewal = client.renewing(first.member("refresh_token"));
    Map<String, Ask> ways = new LinkedHashMap<>();
    ways.put("a code", code);
    ways.put("a device code", device.redeeming());
    ways.put("a refresh token", renewal);
    Set<String> met = new TreeSet<>();
    for (Map.Entry<String, Ask> way : ways.entrySet()) {
      Reply reply = web.nobody().bare(wider(way.getValue()));
      Optional<Verdict> verdict = beyond(web, way.getKey(), reply, met);
      if (verdict.isPresent()) {
        return verdict.get();
      }
      // Whoever is refused has used nothing up.
      Reply rightful = reply.isDone() ? reply : web.nobody().bare(way.getValue());
      if (!rightful.isDone()) {
        return new Verdict.Inconclusive(way.getKey() + " is lost: " + rightful.readable());
      }
    }
    return new Verdict.Refused(ways.keySet() + " give what was let: " + met);
  }

  private static Verdict thanIsRegistered(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    AskingClient client = AskingClient.registered(fresh(web, tenant, Part.OWNER), "Of more");
    Map<String, String> asking = client.asking();
    asking.put("scope", WIDER);
    Map<String, String> told =
        AskingClient.answered(web.as(tenant, Part.MEMBER).ask(AskingClient.allowing(asking)))
            .orElse(Map.of());
    Set<String> met = new TreeSet<>();
    String code = told.get("code");
    if (code != null) {
      Optional<Verdict> verdict =
          beyond(web, "a consent", web.nobody().bare(client.redeeming(code)), met);
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    Reply device =
        web.nobody()
            .bare(
                Ask.of("POST", "/oauth/device")
                    .form(Map.of("client_id", client.id(), "scope", WIDER)));
    if (device.isDone()) {
      return new Verdict.Succeeded("a person is shown more than its client is registered for");
    }
    met.add(device.code());
    return "invalid_scope".equals(told.get("error")) && device.code().equals("invalid_scope")
        ? new Verdict.Refused("nobody is asked for it: " + met)
        : new Verdict.Inconclusive(told + ", and a device met " + device.readable());
  }

  private static Verdict thanItsClient(Scene scene) {
    Web web = scene.web();
    KeyedClient client = KeyedClient.of(web, scene.attacker().id(), "auditor", LET);
    Set<String> met = new TreeSet<>();
    return beyond(web, "an assertion", web.nobody().bare(wider(client.asking())), met)
        .orElseGet(() -> new Verdict.Refused("it gets what it was given: " + met));
  }

  private static Verdict thanTheRole(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    Browser member = fresh(web, tenant, Part.MEMBER);
    AskingDevice device =
        AskingDevice.asking(web.nobody(), AskingDevice.COMMAND_LINE, Map.of("scope", LOG));
    member.ask(device.answered("allow"));
    AskingDevice lasting = AskingDevice.wanting(web.nobody(), LOG);
    member.ask(lasting.answered("allow"));
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put(
        "a personal token",
        Tokens.made(member, "/v1/tokens", Map.of("scopes", List.of(LOG))).member("token"));
    tokens.put(
        "what a program was let", web.nobody().bare(device.redeeming()).member("access_token"));
    tokens.put(
        "what a terminal was handed",
        web.nobody().bare(lasting.redeeming()).member("access_token"));
    for (Map.Entry<String, String> token : tokens.entrySet()) {
      Reply read =
          web.nobody().bare(Tokens.bearing(Ask.get("/v1/audit/records"), token.getValue()));
      if (read.isDone()) {
        return new Verdict.Succeeded("a member reads the log by " + token.getKey());
      }
      if (!read.code().equals("forbidden")) {
        return new Verdict.Inconclusive(token.getKey() + " met " + read.readable());
      }
    }
    return new Verdict.Refused("the role of now is asked: " + tokens.keySet());
  }

  private static Verdict thanTheMaker(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.attacker().id();
    KeyedClient owners = KeyedClient.of(web, tenant, "admin", LET);
    List<Ask> makings = new ArrayList<>();
    for (String role : List.of("member", "admin")) {
      makings.add(
          Ask.of("POST", "/v1/service-tokens")
              .json(
                  Map.of(
                      "label",
                      "of more",
                      "role",
                      role,
                      "scopes",
                      List.of(LET),
                      "expires_in_days",
                      1)));
      makings.add(KeyedClient.making(role, KeyedClient.key(), LET));
    }
    makings.add(owners.exchanging(KeyedClient.key()));
    for (Part part : List.of(Part.MEMBER, Part.AUDITOR)) {
      Browser by = fresh(web, tenant, part);
      for (Ask making : makings) {
        Reply reply = by.ask(making);
        if (reply.isDone()) {
          return new Verdict.Succeeded(
              "a %s: %s met %s".formatted(part.word(), making, reply.brief()));
        }
        if (!reply.code().equals("forbidden")) {
          return new Verdict.Inconclusive(part.word() + ": " + making + " met " + reply.readable());
        }
      }
    }
    // There is no service with the rights of an owner, whoever makes it.
    Reply owner =
        fresh(web, tenant, Part.OWNER).ask(KeyedClient.making("owner", KeyedClient.key(), LET));
    return owner.code().equals("invalid_field")
        ? new Verdict.Refused(makings.size() + " ways of making one met forbidden")
        : new Verdict.Inconclusive("a service that is an owner met " + owner.readable());
  }

  /** The probe: a program of another tenant gets what it was let, and fewer where it asks so. */
  private static String whatWasLetIsGiven(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    KeyedClient client = KeyedClient.of(web, tenant, "member", LET, "groups:read");
    Reply issued = web.nobody().bare(client.asking().field("scope", LET));
    Reply read = reading(web, "/v1/tenant", issued);
    if (!read.isDone()) {
      throw new IllegalStateException(
          "what was given reads nothing: " + issued.brief() + ", " + read.readable());
    }
    return "a client that asks for a part of what it has gets it, and reads";
  }
}
