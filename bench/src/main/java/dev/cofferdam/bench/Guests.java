package dev.cofferdam.bench;

import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.SignIn;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import dev.cofferdam.server.identity.Arrival;
import dev.cofferdam.server.identity.ForeignIdentity;
import dev.cofferdam.server.identity.OpenedSession;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** People who have signed in at a server and come over HTTP. */
final class Guests {
  private static final String WITH_ONE_FACTOR = "pwd";
  private static final String WITH_TWO_FACTORS = "mfa";

  private Guests() {}

  /** A browser in which {@code subject} of the development IdP has signed in. */
  static Browser signedIn(Site site, String subject) {
    return signedIn(site, subject, WITH_ONE_FACTOR);
  }

  /** The same, so that they may make what lasts. */
  static Browser signedInWithTwoFactors(Site site, String subject) {
    return signedIn(site, subject, WITH_TWO_FACTORS);
  }

  private static Browser signedIn(Site site, String subject, String acr) {
    Browser browser = new Browser(site, Map.of(), null, () -> {});
    SignIn.of(browser, subject, acr);
    return browser;
  }

  /**
   * A browser in which somebody has signed in who is known to nobody else: as if an identity
   * provider had sent them, since there are more of them than the development IdP has people.
   */
  static Browser somebody(House house) {
    UUID who = UUID.randomUUID();
    Call call =
        new Call(new RequestId(who), new Caller.Anonymous(), InetAddress.getLoopbackAddress());
    ForeignIdentity identity =
        new ForeignIdentity(
            "https://idp.bench.example",
            who.toString(),
            who + "@bench.example",
            "Somebody",
            AcrClass.SINGLE_FACTOR,
            List.of(WITH_ONE_FACTOR),
            Instant.now());
    OpenedSession opened =
        house.bean(Sessions.class).open(identity, new Arrival(call, "", Optional.empty()));
    return new Browser(
        house.site(),
        Map.of(SessionCookie.NAME, SessionCookie.of(opened.handle()).getValue()),
        null,
        () -> {});
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

  /** The answer, which must be a good one. */
  static Reply done(Browser browser, Ask ask) {
    Reply reply = browser.ask(ask);
    if (!reply.isDone()) {
      throw new IllegalStateException(ask + " was answered " + reply.readable());
    }
    return reply;
  }
}
