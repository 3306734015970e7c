package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.agent.OwnPeople;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Routes;
import dev.cofferdam.review.web.SignIn;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * People coming to a new server: each signs in at the development IdP, page by page, accepts the
 * invite that a letter brought, and goes to work in a tenant.
 */
final class Arrivals implements AutoCloseable {
  private static final int PATIENCE = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Site site;
  private final Runnable rest;
  private final Letters letters;
  private final Folk folk;
  private final List<Browser> browsers = new ArrayList<>();
  private final List<Resident> residents = new ArrayList<>();

  /**
   * Who there is at the development IdP.
   *
   * @param prefix with which the subjects begin of those whom it signs in by whatever name
   * @param address of one of them
   * @param operators those who run the platform
   */
  record Folk(String prefix, UnaryOperator<String> address, List<String> operators) {
    /** Those of a laboratory, who are woven in. */
    static Folk ofLaboratory() {
      return new Folk(OwnPeople.PREFIX, OwnPeople::address, Web.OPERATORS);
    }
  }

  Arrivals(Site site, Runnable rest, Letters letters, Folk folk) {
    this.site = site;
    this.rest = rest;
    this.letters = letters;
    this.folk = folk;
  }

  /** As the development IdP calls somebody. */
  String subject(String called) {
    return folk.prefix() + called;
  }

  List<Resident> residents() {
    return residents;
  }

  /** Every route, by the document that the server publishes. */
  Routes routes() {
    return Routes.of(done(nobody(), Ask.get("/v1/openapi.json")).json());
  }

  Browser nobody() {
    Browser browser = new Browser(site, Map.of(), null, rest);
    browsers.add(browser);
    return browser;
  }

  /** The browser of somebody who has just signed in. */
  Browser signedIn(String subject) {
    Browser browser = nobody();
    SignIn.of(browser, subject, Web.USUAL_ACR);
    return browser;
  }

  /** Invites somebody; answers with the code that the letter brings them. */
  String invited(Browser inviter, String subject, Part part) {
    String address = folk.address().apply(subject);
    invite(inviter, address, part);
    return letters.code(address);
  }

  /** Invites an address. */
  static Reply invite(Browser inviter, String address, Part part) {
    return done(
        inviter, Ask.of("POST", "/v1/invites").json(Map.of("email", address, "role", part.role())));
  }

  /** Somebody who is invited, accepts, and goes to work in the tenant. */
  Resident joined(Browser inviter, String subject, UUID tenant, Part part) {
    String code = invited(inviter, subject, part);
    Browser browser = signedIn(subject);
    done(browser, Ask.of("POST", "/v1/invitation/accept").json(Map.of("code", code)));
    return settled(browser, subject, tenant, part);
  }

  /** Somebody who is invited and has not answered yet; answers with their code. */
  String guest(Browser inviter, String subject, UUID tenant) {
    String code = invited(inviter, subject, Part.GUEST);
    remembered(signedIn(subject), subject, tenant, Part.GUEST);
    return code;
  }

  /** Goes to work in the tenant, and is remembered. */
  Resident settled(Browser browser, String subject, UUID tenant, Part part) {
    done(
        browser,
        Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant.toString())));
    return remembered(browser, subject, tenant, part);
  }

  /** Somebody who joined and was removed, and does not know it yet. */
  void former(Browser owner, String subject, UUID tenant) {
    UUID person = joined(owner, subject, tenant, Part.FORMER).person();
    done(owner, Ask.of("DELETE", "/v1/members/" + person).with("If-Match", "\"1\""));
  }

  /** Somebody who is in no tenant. */
  void stranger(String called) {
    String subject = subject(called);
    remembered(signedIn(subject), subject, null, Part.FORMER);
  }

  /** Those who run the platform. */
  void operators() {
    for (String subject : folk.operators()) {
      remembered(operator(subject), subject, null, Part.OPERATOR);
    }
  }

  private Browser operator(String subject) {
    Browser browser = nobody();
    SignIn.asOperator(browser, subject, Web.USUAL_ACR);
    return browser;
  }

  /** Has each operator read in the tenant; answers with the ids of the emergencies. */
  List<String> emergencies(UUID tenant) {
    List<String> ids = new ArrayList<>();
    for (String subject : folk.operators()) {
      Ask broken =
          Ask.of("POST", "/v1/operator/tenants/" + tenant + "/emergency")
              .json(Map.of("reason", "The review furnishes the tenants that it attacks."));
      ids.add(done(operator(subject), broken).member("id"));
    }
    return ids;
  }

  private Resident remembered(Browser browser, String subject, @Nullable UUID tenant, Part part) {
    Reply me = done(browser, Ask.get("/v1/me"));
    Resident resident =
        new Resident(
            subject,
            tenant,
            part,
            UUID.fromString(me.member("person_id")),
            UUID.fromString(me.member("session_id")),
            browser.cookies(),
            me.member("csrf_token"));
    residents.add(resident);
    return resident;
  }

  /** The first session of somebody of the tenant. */
  Browser browser(UUID tenant, Part part) {
    Resident resident = resident(tenant, part);
    Browser browser = new Browser(site, resident.cookies(), resident.csrf(), rest);
    browsers.add(browser);
    return browser;
  }

  Resident resident(UUID tenant, Part part) {
    return residents.stream()
        .filter(one -> one.isIn(tenant) && one.part() == part)
        .findFirst()
        .orElseThrow(() -> new LaboratoryException("there is no " + part + " of " + tenant));
  }

  /**
   * What the server answered. Asks again when it was done and only its receipt is late, and when
   * the server says that it cannot for now, as on a machine that is busy with other things.
   *
   * @throws LaboratoryException when it refused
   */
  static Reply done(Browser browser, Ask ask) {
    Ask once =
        ask.method().equals("POST")
            ? ask.with("Idempotency-Key", UUID.randomUUID().toString())
            : ask;
    Reply reply = browser.ask(once);
    for (int n = 0; isForNow(reply) && n < PATIENCE; n++) {
      Pauses.pause(PAUSE, "the laboratory was furnished");
      reply = browser.ask(once);
    }
    if (!reply.isDone()) {
      throw new LaboratoryException(
          "the laboratory cannot be furnished: " + ask + " met " + reply.readable());
    }
    return reply;
  }

  private static boolean isForNow(Reply reply) {
    return reply.code().equals("receipt_pending") || reply.code().equals("unavailable");
  }

  @Override
  public void close() {
    browsers.forEach(Browser::close);
  }
}
