package dev.cofferdam.review.secrets;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import dev.cofferdam.review.wire.SmallServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** SEC-02, SEC-04, AUD-06 and EGR-01 for values that lie in a second store. */
public final class References {
  private static final String BELOW = "/v1/secret/data/cofferdam/";
  private static final String PATH = "app/db";
  private static final String TOKEN = "hvs.by-which-the-server-is-known-there";

  /** What the store says where it gives nothing: its own business, and a copy of the token. */
  private static final String SAID =
      "{\"errors\":[\"1 error occurred at node-7.inside: " + TOKEN + "\"]}";

  private static final int UNAVAILABLE = 503;

  /** More than any value has. */
  private static final int TOO_OFTEN = 100_000;

  /** In the place of `%s` stands the victim's tenant. */
  private static final List<String> CLIMBING =
      List.of(
          "../%s/app/db",
          "app/../../%s/app/db",
          "./../%s/app/db",
          "%%2e%%2e/%s/app/db",
          "%%2E%%2E%%2F%s%%2Fapp%%2Fdb",
          "app%%2f..%%2f..%%2f%s/app/db",
          "/../%s/app/db");

  private References() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "SEC-02.reference",
            "refers to a path of the second store that leads out of what is its tenant's there",
            Set.of(Identity.OWNER, Identity.NODE),
            References::climbs),
        attack(
            "SEC-04.taken-back",
            "reads a value once more that was taken back in the second store, and when that is away",
            Set.of(Identity.NODE),
            References::takenBack),
        attack(
            "AUD-06.store",
            "has the second store fail in every way, and looks for what it says and for its token",
            Set.of(Identity.NODE, Identity.HOST),
            References::spills),
        attack(
            "EGR-01.store",
            "has the name of the second store lead to an address inside",
            Set.of(Identity.NODE),
            References::inside));
  }

  private static Attack attack(
      String id, String does, Set<Identity> needs, Attack.Assault assault) {
    return new Attack(id, does, Mode.DESTRUCTIVE, needs, assault, References::refers);
  }

  /** Has the server's second store be at that address; tokens are good for nothing there. */
  private static void believe(Target target, String address, String allowed, String totalTime)
      throws IOException {
    Path token = Files.writeString(target.around().scratch().resolve("token"), TOKEN);
    target
        .server()
        .store(
            "cofferdam.secret-store.address",
            address,
            "cofferdam.secret-store.token-file",
            token.toString(),
            "cofferdam.egress.allowed",
            allowed,
            "cofferdam.egress.connect-time",
            "500ms",
            "cofferdam.egress.total-time",
            totalTime);
  }

  /** Has the server's second store be this one, in which both tenants have a value. */
  static void believe(Target target, CarelessStore store) throws IOException {
    believe(target, store, "1s");
  }

  /** The same, where a request may take so long. */
  static void believe(Target target, CarelessStore store, String totalTime) throws IOException {
    String allowed = URI.create(store.address()).getAuthority();
    believe(target, store.address(), allowed, totalTime);
    for (Occupant one : List.of(target.attacker(), target.victim())) {
      store.holds(place(one.id()), one.canary());
    }
  }

  /** Where the value of a tenant lies there. */
  static String place(UUID tenant) {
    return BELOW + tenant + "/" + PATH;
  }

  private static UUID project(Web web, UUID tenant) {
    return UUID.fromString(web.things(tenant).first("project"));
  }

  /** Asks for a secret that refers to {@code path}. */
  private static Reply refer(Web web, UUID tenant, SecretName name, String path) {
    return web.as(tenant, Part.OWNER)
        .ask(
            Ask.of("POST", "/v1/projects/" + project(web, tenant) + "/secrets")
                .json(
                    Map.of(
                        "name",
                        name.toString(),
                        "reference",
                        Map.of("path", path, "field", CarelessStore.FIELD))));
  }

  private static SecretName name() {
    return new SecretName("elsewhere-" + UUID.randomUUID());
  }

  /** A secret of the tenant that refers to what is its own. */
  static Secret own(Target target, UUID tenant) {
    SecretName name = name();
    Reply made = refer(target.web(), tenant, name, PATH);
    if (!made.isDone()) {
      throw new IllegalStateException("nor does a good reference count: " + made.readable());
    }
    return new Secret(tenant, project(target.web(), tenant), name);
  }

  static Workload reader(Target target, Secret secret) throws IOException {
    Workload node = Workload.of(target.web(), secret.tenant(), "reader " + UUID.randomUUID());
    secret.grantTo(target.web(), node);
    return node;
  }

  static boolean opens(Workload node, Secret secret, Reply reply, Occupant whose) {
    return reply.isDone() && node.opens(node.address(secret, 1), reply.body(), whose.canary());
  }

  private static Verdict climbs(Target target) throws IOException {
    UUID tenant = target.attacker().id();
    List<String> met = new ArrayList<>();
    try (CarelessStore store = CarelessStore.open()) {
      believe(target, store);
      Workload node = reader(target, own(target, tenant));
      for (String form : CLIMBING) {
        String path = form.formatted(target.victim().id());
        SecretName name = name();
        Reply made = refer(target.web(), tenant, name, path);
        Secret secret = new Secret(tenant, project(target.web(), tenant), name);
        Reply given = node.ask(secret.read());
        if (opens(node, secret, given, target.victim())) {
          return new Verdict.Succeeded("by `" + path + "` the victim's value was given");
        }
        if (made.isDone()) {
          return new Verdict.Succeeded("`" + path + "` counts as a reference: " + given.brief());
        }
        met.add(made.brief());
      }
    }
    return new Verdict.Refused(met.size() + " paths met " + Set.copyOf(met));
  }

  private static Verdict takenBack(Target target) throws IOException {
    UUID tenant = target.victim().id();
    try (CarelessStore store = CarelessStore.open()) {
      believe(target, store);
      Secret secret = own(target, tenant);
      Workload node = reader(target, secret);
      Reply before = node.ask(secret.read());
      if (!opens(node, secret, before, target.victim())) {
        return new Verdict.Inconclusive("nothing to begin with: " + before.readable());
      }
      store.holds(place(tenant), null);
      Reply after = node.ask(secret.read());
      if (after.isDone()) {
        return new Verdict.Succeeded("what was taken back is given all the same");
      }
      store.goesAway();
      Reply away = node.ask(secret.read());
      if (away.isDone()) {
        return new Verdict.Succeeded("a store that is away gives values: " + away.brief());
      }
      return after.code().equals("not_found") && away.status() == UNAVAILABLE
          ? new Verdict.Refused("taken back met " + after.brief() + ", away " + away.brief())
          : new Verdict.Inconclusive("met " + after.readable() + " and " + away.readable());
    }
  }

  /** Each way in which the store gives no value. */
  private static Map<String, SmallServer.Answering> troubles(Target target, CarelessStore store) {
    Map<String, SmallServer.Answering> all = new LinkedHashMap<>();
    all.put("lets nobody in", to -> SmallServer.send(to, 403, SAID));
    all.put("is broken", to -> SmallServer.send(to, 500, SAID));
    all.put("is sealed", to -> SmallServer.send(to, 503, SAID));
    all.put("says what it never says", to -> SmallServer.send(to, 200, "<p>" + SAID));
    all.put("says too much", to -> SmallServer.send(to, 200, "[" + SAID.repeat(TOO_OFTEN)));
    all.put("says nothing", store::answerNever);
    all.put(
        "leads elsewhere",
        to -> {
          to.getResponseHeaders().set("Location", place(target.attacker().id()));
          SmallServer.send(to, 302, SAID);
        });
    return all;
  }

  private static Verdict spills(Target target) throws IOException, SQLException {
    try (CarelessStore store = CarelessStore.open();
        Session superuser = target.asSuperuser()) {
      believe(target, store);
      Secret secret = own(target, target.victim().id());
      Workload node = reader(target, secret);
      List<String> met = new ArrayList<>();
      for (var trouble : troubles(target, store).entrySet()) {
        store.answers(trouble.getValue());
        Reply reply = node.ask(secret.read());
        if (reply.isDone() || isSaid(reply.text() + reply.fields())) {
          return new Verdict.Succeeded(
              "of a store that " + trouble.getKey() + " a node is told: " + reply.readable());
        }
        if (reply.status() != UNAVAILABLE) {
          return new Verdict.Inconclusive(trouble.getKey() + " met " + reply.readable());
        }
        met.add(trouble.getKey());
      }
      if (isSaid(target.web().log())) {
        return new Verdict.Succeeded("the server's log has what the store says, or its token");
      }
      return isSaid(Trail.of(superuser).all().toString())
          ? new Verdict.Succeeded("a record has what the store says, or its token")
          : new Verdict.Refused("a store that " + met + " met 503, and nothing of it is told");
    }
  }

  private static boolean isSaid(String text) {
    return text.contains(TOKEN) || text.contains("node-7.inside");
  }

  private static Verdict inside(Target target) throws IOException {
    UUID tenant = target.victim().id();
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      target.server().network(listener.getLocalPort(), "bao.example", "169.254.169.254");
      believe(target, "https://bao.example", "localhost:1", "1s");
      Secret secret = own(target, tenant);
      Reply reply = reader(target, secret).ask(secret.read());
      List<String> connections = target.server().connections();
      if (!connections.isEmpty()) {
        return new Verdict.Succeeded("the server went to " + connections + " with its token");
      }
      return reply.status() == UNAVAILABLE
          ? new Verdict.Refused("it went nowhere, and the node met " + reply.brief())
          : new Verdict.Inconclusive("met " + reply.readable());
    }
  }

  /** The probe: a value that lies elsewhere is given to a node that may, and opens. */
  static String refers(Target target) throws IOException {
    target.web().rest();
    try (CarelessStore store = CarelessStore.open()) {
      believe(target, store);
      Secret secret = own(target, target.victim().id());
      Workload node = reader(target, secret);
      Reply reply = node.ask(secret.read());
      if (!opens(node, secret, reply, target.victim())) {
        throw new IllegalStateException("nor is a good reference read: " + reply.readable());
      }
      return "a value that lies elsewhere is read, and opens";
    }
  }
}
