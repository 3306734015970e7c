package dev.cofferdam.review.demo;

import dev.cofferdam.review.laboratory.PlainServer;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.SignIn;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The people of the development IdP, coming to a new server page by page, as anybody would. */
public final class Cast {
  /** Who is invited to Acme, and as what. */
  private static final Map<String, String> INVITED = invited();

  /** What is kept for the machines of Acme, and what each is for. */
  private static final Map<String, String> SECRETS =
      Map.of(
          "lamp-password", "Opens the lamps of the pier.",
          "harbour-database", "Of the database of berths.",
          "weather-token", "Of the service that tells the wind.");

  private static final String NODE = "pier-1";
  private static final String READ = "lamp-password";

  private final PlainServer server;

  public Cast(PlainServer server) {
    this.server = server;
  }

  private static Map<String, String> invited() {
    Map<String, String> invited = new LinkedHashMap<>();
    invited.put("grace", "admin");
    invited.put("alan", "member");
    invited.put("edith", "auditor");
    return invited;
  }

  /**
   * Two tenants are founded, and people invited into one of them.
   *
   * @return false when they were there already
   */
  public boolean comeIn() throws IOException {
    try (Browser ada = signedIn("ada");
        Browser niklaus = signedIn("niklaus")) {
      if (worksSomewhere(ada)) {
        return false;
      }
      founded(ada, "acme", "Acme");
      founded(niklaus, "globex", "Globex");
      done(ada, Ask.of("POST", "/v1/groups").json(Map.of("name", "Crew")));
      Reply project =
          done(ada, Ask.of("POST", "/v1/projects").json(Map.of("name", "Harbour lights")));
      String me = required(ada.get("/v1/me"), "/v1/me").member("person_id");
      done(
          ada,
          Ask.of("PUT", "/v1/projects/" + project.member("id") + "/grants/person/" + me)
              .json(Map.of("relation", "manager")));
      for (Map.Entry<String, String> one : SECRETS.entrySet()) {
        secret(ada, project.member("id"), one.getKey(), one.getValue());
      }
      for (Map.Entry<String, String> one : INVITED.entrySet()) {
        String address = one.getValue() + "@acme.example";
        done(
            ada,
            Ask.of("POST", "/v1/invites").json(Map.of("email", address, "role", one.getValue())));
        try (Browser browser = signedIn(one.getKey())) {
          done(
              browser,
              Ask.of("POST", "/v1/invitation/accept").json(Map.of("code", server.code(address))));
        }
      }
      return true;
    }
  }

  /**
   * What a node was given.
   *
   * @param project its id
   * @param secret its name
   * @param node the name of the node
   * @param record of the read, in the log of the tenant
   */
  public record Given(String project, String secret, String node, String record) {}

  /**
   * A machine of Acme becomes a node by the packaged program, with a bootstrap token of Ada's, is
   * granted the project, and reads a secret with its receipt; one that is a node already reads
   * again.
   *
   * @param program {@code cofferdam-node} as one file
   * @param home where the machine keeps its keys
   */
  public Given nodeReads(Path program, Path home) throws IOException, InterruptedException {
    DemoNode machine = new DemoNode(program, home);
    try (Browser ada = signedIn("ada")) {
      goToWork(ada);
      String project =
          required(ada.get("/v1/projects"), "/v1/projects").json().at("/items/0/id").asString();
      if (!machine.isRegistered()) {
        Reply token =
            done(
                ada,
                Ask.of("POST", "/v1/bootstrap-tokens")
                    .json(Map.of("name", NODE, "expires_in_minutes", 10)));
        machine.register(server.site(), token.member("token"));
        String node =
            required(ada.get("/v1/nodes"), "/v1/nodes").json().at("/items/0/id").asString();
        done(
            ada,
            Ask.of("PUT", "/v1/projects/" + project + "/grants/node/" + node)
                .json(Map.of("relation", "reader")));
      }
      String key =
          required(ada.get("/v1/audit/log/keys"), "/v1/audit/log/keys")
              .json()
              .at("/items/0/public_key")
              .asString();
      if (!machine.secret(project, READ, key).equals(value(READ))) {
        throw new IOException("The node was given another value than was put.");
      }
      String reads = "/v1/audit/records?action=secret.read&limit=1";
      String record = required(ada.get(reads), reads).json().at("/items/0/record_id").asString();
      return new Given(project, READ, NODE, record);
    }
  }

  private static void secret(Browser owner, String project, String name, String note)
      throws IOException {
    String all = "/v1/projects/" + project + "/secrets";
    done(owner, Ask.of("POST", all).json(Map.of("name", name, "note", note)));
    done(
        owner,
        Ask.of("PUT", all + "/" + name + "/value")
            .with("If-Match", "\"1\"")
            .text("application/octet-stream", value(name)));
  }

  /** For everybody to see: it opens nothing. */
  private static String value(String secret) {
    return "the value of " + secret;
  }

  /** The cookie of whoever runs the platform, who has just signed in. */
  public String operator() {
    try (Browser ken = nobody()) {
      SignIn.asOperator(ken, "ken", Web.USUAL_ACR);
      return String.valueOf(ken.cookies().get(Web.SESSION_COOKIE));
    }
  }

  /** The cookie of somebody who has just signed in, and is at work where they may be. */
  public String atWork(String person) throws IOException {
    try (Browser browser = signedIn(person)) {
      goToWork(browser);
      return String.valueOf(browser.cookies().get(Web.SESSION_COOKIE));
    }
  }

  /** In the one tenant where they may be, if there is one. */
  private static void goToWork(Browser browser) throws IOException {
    String tenant =
        required(browser.get("/v1/workspaces"), "/v1/workspaces")
            .json()
            .at("/items/0/tenant_id")
            .asString("");
    if (!tenant.isEmpty()) {
      done(browser, Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant)));
    }
  }

  private static boolean worksSomewhere(Browser who) throws IOException {
    return !required(who.get("/v1/workspaces"), "/v1/workspaces").json().path("items").isEmpty();
  }

  private static void founded(Browser owner, String slug, String name) throws IOException {
    Ask founding = Ask.of("POST", "/v1/tenants").json(Map.of("slug", slug, "name", name));
    String tenant = required(owner.ask(once(founding)), "/v1/tenants").member("tenant_id");
    done(owner, Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant)));
  }

  private Browser signedIn(String person) {
    Browser browser = nobody();
    SignIn.of(browser, person, Web.USUAL_ACR);
    return browser;
  }

  private Browser nobody() {
    return new Browser(server.site(), Map.of(), null, () -> {});
  }

  private static Reply done(Browser browser, Ask ask) throws IOException {
    return required(browser.ask(ask.method().equals("POST") ? once(ask) : ask), ask.target());
  }

  private static Ask once(Ask ask) {
    return ask.with("Idempotency-Key", UUID.randomUUID().toString());
  }

  private static Reply required(Reply reply, String asked) throws IOException {
    if (!reply.isDone()) {
      throw new IOException("The server answered " + asked + " with " + reply.brief() + ".");
    }
    return reply;
  }
}
