package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.identity.KeyedClient;
import dev.cofferdam.review.issuer.BroughtProvider;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TrustedIssuer;
import dev.cofferdam.review.nodes.Machine;
import dev.cofferdam.review.web.AskingClient;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Things;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a tenant has: of every kind that has a route, made by its owner over HTTP. */
final class Belongings {
  private static final Pattern ASSET = Pattern.compile("/assets/([A-Za-z0-9._-]+)");

  private final Browser owner;
  private final Occupant occupant;
  private final Arrivals arrivals;
  private final HostileIdp idp;
  private final Plenty plenty;

  /**
   * How much a tenant has.
   *
   * @param each of whatever has no number of its own
   * @param providers the first of them active
   * @param tried the last of them
   */
  private record Plenty(int each, int providers, int tried) {
    /** Of whose things everything is done: one to look at, and one for each way to change one. */
    static final Plenty FOR_EVERYTHING = new Plenty(4, 7, 2);

    /** One to look at or to change, one to take away, and one that stays. */
    static final Plenty FOR_ATTACKS = new Plenty(3, 3, 1);
  }

  /**
   * @param idp the issuer of every provider that the tenant brings
   * @param everything whether everything is done with it that may be done
   */
  Belongings(
      Browser owner, Occupant occupant, Arrivals arrivals, HostileIdp idp, boolean everything) {
    this.plenty = everything ? Plenty.FOR_EVERYTHING : Plenty.FOR_ATTACKS;
    this.owner = owner;
    this.occupant = occupant;
    this.arrivals = arrivals;
    this.idp = idp;
  }

  /**
   * Makes it all.
   *
   * @param spare sessions of the owner beside the first
   * @param codes of guests
   * @param colleagues members whom nobody needs
   */
  Things things(List<Resident> spare, List<String> codes, List<String> colleagues) {
    Map<String, List<String>> ids = new HashMap<>();
    ids.put("tenant", List.of(occupant.id().toString()));
    ids.put("slug", List.of(occupant.slug()));
    ids.put("person", List.of(person(Part.MEMBER), person(Part.OWNER), person(Part.ADMIN)));
    // Who has the tokens.
    ids.put("holder", List.of(person(Part.OWNER)));
    ids.put("colleague", colleagues);
    ids.put("code", codes);
    ids.put("session", spare.stream().map(one -> one.session().toString()).toList());
    ids.put("group", made("/v1/groups", "Group"));
    ids.put("project", made("/v1/projects", "Project"));
    ids.put("asset", List.of(asset()));
    ids.put("emergency", arrivals.emergencies(occupant.id()));
    String group = ids.get("group").getFirst();
    String project = ids.get("project").getFirst();
    put("/v1/groups/" + group + "/members/" + person(Part.MEMBER));
    give(project, "person", person(Part.MEMBER), "reader");
    give(project, "group", group, "reader");
    give(project, "person", person(Part.OWNER), "manager");
    ids.put("secret", secrets(project, "secret"));
    ids.put("paged_secret", secrets(project, "paged"));
    ids.put("deleted_secret", secrets(project, "deleted"));
    ids.get("deleted_secret").forEach(name -> delete(project, name));
    ids.put("secret_project", List.of(project));
    ids.put("paged_deleted_secret", secrets(project, "paged-deleted"));
    ids.get("paged_deleted_secret").forEach(name -> delete(project, name));
    ids.put("domain", domains());
    ids.put("provider", providers());
    ids.put("way_in", List.of(ids.get("provider").getFirst()));
    List<TrustedIssuer> trusted = trusted();
    ids.put("trusted", trusted.stream().map(TrustedIssuer::id).toList());
    ids.put("trusted_with_rules", List.of(trusted.getFirst().id()));
    List<TrustedIssuer.Rule> rules = rules(trusted.getFirst());
    ids.put("rule", rules.stream().map(TrustedIssuer.Rule::id).toList());
    ids.put("exchange_service", List.of(rules.getFirst().service()));
    ids.put("token", tokens("/v1/tokens", Map.of()));
    ids.put("service_client", serviceClients());
    ids.put("service_token", tokens("/v1/service-tokens", Map.of("role", "auditor")));
    ids.put("node", nodes("Node"));
    // Its version is known to whoever renames it on the page: nobody does elsewhere.
    ids.put("renamed_node", nodes("Other node"));
    ids.put("bootstrap", bootstraps());
    put("/v1/groups/" + group + "/nodes/" + ids.get("node").getFirst());
    give(project, "node", ids.get("node").getFirst(), "reader");
    List<AskingClient> clients = clients();
    ids.put("client", clients.stream().map(AskingClient::id).toList());
    ids.put("client_grant", grants(clients.getFirst()));
    List<Reply> invites = invites();
    ids.put("invite", invites.stream().map(made -> made.member("id")).toList());
    // It holds the address, sealed.
    ids.put(
        "record",
        invites.stream().map(made -> made.field("Cofferdam-Record-Id").orElseThrow()).toList());
    return new Things(ids);
  }

  private String person(Part part) {
    return arrivals.resident(occupant.id(), part).person().toString();
  }

  /** Some with the canary in their name, and then one with a name that anybody may think of. */
  private List<String> made(String path, String kind) {
    List<String> ids = new ArrayList<>();
    for (int n = 1; n < plenty.each(); n++) {
      ids.add(made(path, Map.of("name", kind + " " + n + " " + occupant.canary())));
    }
    ids.add(made(path, Map.of("name", kind + " of " + occupant.slug())));
    return ids;
  }

  private String made(String path, Map<String, String> body) {
    return Arrivals.done(owner, Ask.of("POST", path).json(body)).member("id");
  }

  /** Claims of domains that nobody will ever prove. */
  private List<String> domains() {
    List<String> ids = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      String name = "d" + n + "-" + occupant.canary() + ".residents.example";
      ids.add(made("/v1/domains", Map.of("name", name)));
    }
    return ids;
  }

  /** Identity providers: the first is active, the last are tried, and the others are new. */
  private List<String> providers() {
    List<BroughtProvider> brought = new ArrayList<>();
    for (int n = 1; n <= plenty.providers(); n++) {
      brought.add(BroughtProvider.by(owner, idp, occupant.canary()));
    }
    brought.getFirst().tried().activated();
    brought
        .subList(plenty.providers() - plenty.tried(), plenty.providers())
        .forEach(BroughtProvider::tried);
    return brought.stream().map(BroughtProvider::id).toList();
  }

  /** Issuers of whom the first has rules. */
  private List<TrustedIssuer> trusted() {
    List<TrustedIssuer> trusted = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      trusted.add(
          TrustedIssuer.by(owner, idp, "Issuer " + n + " " + occupant.canary(), occupant.canary()));
    }
    return trusted;
  }

  /** For programs that never come. */
  private List<TrustedIssuer.Rule> rules(TrustedIssuer of) {
    List<TrustedIssuer.Rule> rules = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      String program = "program " + n + " " + occupant.canary();
      rules.add(of.rule("Rule " + n, "member", List.of("tenant:read"), Map.of("sub", program)));
    }
    return rules;
  }

  /** Tokens that nobody shows. */
  private List<String> tokens(String path, Map<String, String> more) {
    List<String> ids = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      Map<String, Object> wanted = new HashMap<>(more);
      wanted.put("label", "Token " + n + " " + occupant.canary());
      wanted.put("scopes", List.of("tenant:read"));
      wanted.put("expires_in_days", 30);
      ids.add(Arrivals.done(owner, Ask.of("POST", path).json(wanted)).member("id"));
    }
    return ids;
  }

  /** Clients that never ask for a token. */
  private List<String> serviceClients() {
    List<String> ids = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      ids.add(KeyedClient.called("Client " + n + " " + occupant.canary(), owner, "auditor"));
    }
    return ids;
  }

  /** Machines that are nodes. */
  private List<String> nodes(String called) {
    List<String> ids = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      ids.add(
          Machine.registered(owner, owner, called + " " + n + " " + occupant.canary())
              .id()
              .toString());
    }
    return ids;
  }

  /** Bootstrap tokens that no machine shows. */
  private List<String> bootstraps() {
    List<String> ids = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      ids.add(Machine.bootstrap(owner, "Machine " + n + " " + occupant.canary()).member("id"));
    }
    return ids;
  }

  /** Clients of which all but the first ask nobody. */
  private List<AskingClient> clients() {
    List<AskingClient> made = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      made.add(AskingClient.registered(owner, "Program " + n + " " + occupant.canary()));
    }
    return made;
  }

  /** What the owner let one of them have, again and again. */
  private List<String> grants(AskingClient client) {
    for (int n = 1; n <= plenty.each(); n++) {
      Arrivals.done(arrivals.nobody(), client.redeeming(client.code(owner)));
    }
    List<String> ids = new ArrayList<>();
    Arrivals.done(owner, Ask.get("/v1/client-grants"))
        .json()
        .path("items")
        .forEach(grant -> ids.add(grant.path("id").asString()));
    return ids;
  }

  private void put(String path) {
    Arrivals.done(owner, Ask.of("PUT", path));
  }

  /** Invites of people who will never come. */
  private List<Reply> invites() {
    List<Reply> made = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      String address = "nobody" + n + "-" + occupant.canary() + "@residents.example";
      made.add(Arrivals.invite(owner, address, Part.MEMBER));
    }
    return made;
  }

  private void give(String project, String kind, String subject, String relation) {
    Arrivals.done(
        owner,
        Ask.of("PUT", "/v1/projects/" + project + "/grants/" + kind + "/" + subject)
            .json(Map.of("relation", relation)));
  }

  /** Secrets by name, with the canary as note and value: whoever asks for one writes its name. */
  private List<String> secrets(String project, String kind) {
    List<String> names = new ArrayList<>();
    for (int n = 1; n <= plenty.each(); n++) {
      String name = kind + n + "-" + UUID.randomUUID();
      String all = "/v1/projects/" + project + "/secrets";
      Arrivals.done(
          owner, Ask.of("POST", all).json(Map.of("name", name, "note", occupant.canary())));
      Arrivals.done(
          owner,
          Ask.of("PUT", all + "/" + name + "/value")
              .with("If-Match", "\"1\"")
              .text("application/octet-stream", occupant.canary()));
      names.add(name);
    }
    return names;
  }

  private void delete(String project, String name) {
    Arrivals.done(owner, Ask.of("DELETE", "/v1/projects/" + project + "/secrets/" + name));
  }

  private String asset() {
    Reply welcome = Arrivals.done(owner, Ask.get("/workspaces"));
    Matcher found = ASSET.matcher(welcome.text());
    if (!found.find()) {
      throw new LaboratoryException("the pages have no style sheet");
    }
    return found.group(1);
  }
}
