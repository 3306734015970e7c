package dev.cofferdam.review.demo;

import dev.cofferdam.review.laboratory.PlainServer;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.SignIn;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The people of the development IdP, coming to a new server page by page, as anybody would. */
public final class Cast {
  /** Who is invited to Acme, and as what. */
  private static final Map<String, String> INVITED = invited();

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
      done(ada, Ask.of("POST", "/v1/projects").json(Map.of("name", "Harbour lights")));
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

  /** The cookie of whoever runs the platform, who has just signed in. */
  public String operator() {
    try (Browser ken = nobody()) {
      SignIn.asOperator(ken, "ken", Web.USUAL_ACR);
      return String.valueOf(ken.cookies().get(Web.SESSION_COOKIE));
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

  private static void done(Browser browser, Ask ask) throws IOException {
    required(browser.ask(ask.method().equals("POST") ? once(ask) : ask), ask.target());
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
