package dev.cofferdam.bench;

import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.SignIn;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.util.List;
import java.util.Map;

/** People who sign in at the development IdP of a server and come over HTTP. */
final class Guests {
  /** The subjects whom it knows. */
  static final List<String> EVERYBODY =
      List.of("ada", "grace", "alan", "edith", "niklaus", "mallory");

  private static final String WITH_ONE_FACTOR = "pwd";

  private Guests() {}

  /** A browser in which {@code subject} has signed in. */
  static Browser signedIn(Site site, String subject) {
    Browser browser = new Browser(site, Map.of(), null, () -> {});
    SignIn.of(browser, subject, WITH_ONE_FACTOR);
    return browser;
  }

  /** Has the person of {@code browser} make a tenant and work in it until it answers. */
  static void found(Browser browser, String slug) {
    Reply made =
        done(
            browser,
            Ask.of("POST", "/v1/tenants").json(Map.of("slug", slug, "name", "Bench " + slug)));
    done(
        browser,
        Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", made.member("tenant_id"))));
    done(browser, Ask.get("/v1/tenant"));
  }

  private static Reply done(Browser browser, Ask ask) {
    Reply reply = browser.ask(ask);
    if (!reply.isDone()) {
      throw new IllegalStateException(ask + " was answered " + reply.readable());
    }
    return reply;
  }
}
