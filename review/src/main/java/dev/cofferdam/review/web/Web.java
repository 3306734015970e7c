package dev.cofferdam.review.web;

import dev.cofferdam.review.agent.OwnPeople;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One clone of the laboratory as it is reached over HTTP: everybody in it has a fresh browser here,
 * with the session that stands in the clone. Not thread-safe; its browsers may be used by one
 * thread each.
 */
public final class Web implements AutoCloseable {
  /** How somebody proves at the development IdP who they are, unless it matters. */
  public static final String USUAL_ACR = "mfa";

  /** Under which name a browser keeps its session. */
  public static final String SESSION_COOKIE = "__Host-cofferdam";

  /** Those who run the platform: each is one operator. */
  public static final List<String> OPERATORS =
      List.of(OwnPeople.OPERATOR + "-first", OwnPeople.OPERATOR + "-second");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int UNAVAILABLE = 503;

  private final Site site;
  private final Town town;
  private final Runnable rest;
  private final Supplier<String> log;
  private final Observed observed;
  private final List<Browser> browsers = new ArrayList<>();
  private final Set<UUID> settled = new HashSet<>();

  /**
   * @param rest has the server forget how often it was asked
   * @param log what the server logged since this clone stands in
   * @param observed what is to be counted
   */
  public Web(Site site, Town town, Runnable rest, Supplier<String> log, Observed observed) {
    this.site = site;
    this.town = town;
    this.rest = rest;
    this.log = log;
    this.observed = observed;
  }

  /**
   * What is counted of what is asked here, and how wide that is.
   *
   * @param attackers the tenant whose people attack
   * @param swept the routes that attacks on every route ask for
   */
  public record Observed(UUID attackers, Touched touched, Predicate<Route> swept) {
    /** Of a play of everything. */
    public Observed(UUID attackers, Touched touched) {
      this(attackers, touched, _ -> true);
    }
  }

  /** What was asked for here. */
  public Touched touched() {
    return observed.touched();
  }

  /** What the server logged since this clone stands in, as an operator reads it. */
  public String log() {
    return log.get();
  }

  public Site site() {
    return site;
  }

  /** Every route of the server. */
  public List<Route> routes() {
    return town.routes().all();
  }

  /**
   * The routes that an attack on every route is to ask for: all of them, but when the layers are
   * back in; then those that it asked for while they were out.
   */
  public List<Route> swept() {
    return routes().stream().filter(observed.swept()).toList();
  }

  public Probes probes() {
    return town.probes();
  }

  /** Everybody there is. */
  public List<Resident> residents() {
    return town.residents();
  }

  /** What the tenant has. */
  public Things things(UUID tenant) {
    Things found = town.things().get(tenant);
    if (found == null) {
      throw new IllegalStateException("nothing was planted for " + tenant);
    }
    return found;
  }

  /** Somebody of a tenant, with a session in its workspace. */
  public Resident resident(UUID tenant, Part part) {
    return one(who -> who.isIn(tenant) && who.part() == part, part.word() + " of " + tenant);
  }

  /** Somebody who has signed in, and is in no tenant. */
  public Resident nowhere() {
    return one(Resident::isNowhere, "stranger");
  }

  /** The first of those who run the platform. */
  public Resident operator() {
    return operators().getFirst();
  }

  /** Those who run the platform. */
  public List<Resident> operators() {
    return residents().stream().filter(who -> who.part() == Part.OPERATOR).toList();
  }

  private Resident one(Predicate<Resident> wanted, String called) {
    return residents().stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new NobodyThereException(called));
  }

  /** The browser of somebody of a tenant. */
  public Browser as(UUID tenant, Part part) {
    return as(resident(tenant, part));
  }

  /**
   * The browser of {@code who}, as it was when the laboratory was furnished. In a clone they signed
   * in within the last half minute, which does for whatever asks for a sign-in of just now.
   */
  public Browser as(Resident who) {
    town.apart().stream().filter(who::isIn).forEach(this::settle);
    return browser(known(who), who.cookies(), who.csrf()).carrying(who.carried());
  }

  /** Whoever of these there is in the tenant. */
  public List<Resident> those(UUID tenant, Part... parts) {
    return Arrays.stream(parts).flatMap(part -> all(tenant, part).stream().limit(1)).toList();
  }

  /**
   * Sessions that {@code who} has beside the first, to be ended: one after the other, and then no
   * more.
   */
  public List<Browser> spare(Resident who) {
    return residents().stream()
        .filter(other -> other != who && other.person().equals(who.person()))
        .filter(other -> other.part() == who.part())
        .map(this::as)
        .toList();
  }

  /** Everybody who is this in the tenant, in the order in which they came. */
  public List<Resident> all(UUID tenant, Part part) {
    return residents().stream().filter(who -> who.isIn(tenant) && who.part() == part).toList();
  }

  /**
   * The browser of {@code who} after they signed in once more, at work where they were: for attacks
   * that are about this session, and may cost it.
   */
  public Browser freshly(Resident who, UUID tenant) {
    Browser browser = browser(known(who), Map.of(), null);
    SignIn.of(browser, who.subject(), USUAL_ACR);
    browser.ask(
        Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", tenant.toString())));
    return browser;
  }

  /** The browser of {@code who} after they signed in once more, so strongly; at work nowhere. */
  public Browser signedIn(Resident who, String acr) {
    Browser browser = browser(known(who), Map.of(), null);
    SignIn.of(browser, who.subject(), acr);
    return browser;
  }

  /** The browser of the first operator after they signed in once more. */
  public Browser freshOperator() {
    return freshOperator(operator().subject());
  }

  /** The browser of somebody who has just signed in as an operator. */
  public Browser freshOperator(String subject) {
    Browser browser = browser(Who.OPERATOR, Map.of(), null);
    SignIn.asOperator(browser, subject, USUAL_ACR);
    return browser;
  }

  /** Somebody without a cookie. */
  public Browser nobody() {
    return browser(Who.NOBODY, Map.of(), "");
  }

  /** Somebody with a cookie of the right form that the server never gave. */
  public Browser forged() {
    Resident model = residents().getFirst();
    String genuine = String.valueOf(model.cookies().get(SESSION_COOKIE));
    StringBuilder forged = new StringBuilder(genuine);
    int at = genuine.length() / 2;
    forged.setCharAt(at, genuine.charAt(at) == 'A' ? 'B' : 'A');
    return browser(Who.FORGER, Map.of(SESSION_COOKIE, forged.toString()), "");
  }

  /** A browser with these cookies, which is closed with the clone. */
  public Browser browser(Map<String, String> cookies, @Nullable String csrf) {
    return browser(Who.NEWCOMER, cookies, csrf);
  }

  private Browser browser(Who who, Map<String, String> cookies, @Nullable String csrf) {
    settle();
    Browser browser =
        new Browser(site, cookies, csrf, rest).watched((ask, reply) -> count(who, ask, reply));
    browsers.add(browser);
    return browser;
  }

  private Who known(Resident who) {
    return who.isNowhere() ? Who.STRANGER : Who.of(who.part(), who.isIn(observed.attackers()));
  }

  private void count(Who who, Ask ask, Reply reply) {
    observed.touched().count(town.routes(), who, ask, reply);
  }

  /** Somebody without a session, who shows what {@code who} has. */
  public Browser showing(Who who) {
    return browser(who, Map.of(), "");
  }

  /** A connection without a browser, for what no browser sends. */
  public Line line() {
    settle();
    try {
      return Line.open(site).watched((ask, reply) -> count(Who.NEWCOMER, ask, reply));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the server forget how often anybody has come. */
  public void rest() {
    rest.run();
  }

  /**
   * Of those with a schema of their own only once somebody of theirs comes: who enters there is let
   * in when the schema was looked over, and that is more than all the rest.
   */
  private void settle() {
    town.things().keySet().stream()
        .filter(tenant -> !town.apart().contains(tenant))
        .forEach(this::settle);
  }

  /**
   * Waits until the server records again in the log of {@code tenant}: its database has just been
   * exchanged for another, and it takes a moment to find its way in the logs of that one.
   */
  private void settle(UUID tenant) {
    if (!settled.add(tenant) || all(tenant, Part.OWNER).isEmpty()) {
      return;
    }
    Browser owner = as(tenant, Part.OWNER);
    Ask denied = Ask.get("/v1/groups/" + UUID.randomUUID());
    long until = System.nanoTime() + PATIENCE.toNanos();
    for (Reply reply = owner.ask(denied);
        reply.status() == UNAVAILABLE && System.nanoTime() < until;
        reply = owner.ask(denied)) {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    browsers.forEach(Browser::close);
    browsers.clear();
  }
}
