package dev.cofferdam.review.identity;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** IDN-07: session handles that nobody was given, and such as have ended, one after the other. */
public final class Guesses {
  private static final int TOO_MANY = 429;

  /** More than an address may fail at once, and than the budget of one has room for. */
  private static final int FORGED = 140;

  /** More requests of the dearest kind than the budget of one address has room for. */
  private static final int ENDED = 60;

  private static final int ADDRESSES = 30;
  private static final int EACH = 3;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Guesses() {}

  public static List<Attack> all() {
    return List.of(
        attack("IDN-07.forged", "guesses handles from one address", Guesses::forged),
        attack(
            "IDN-07.ended",
            "shows the handle of a session that has ended, again and again, where looking is dear",
            Guesses::ended),
        attack("IDN-07.spread", "guesses from many addresses, a few from each", Guesses::spread),
        attack(
            "IDN-07.neighbours",
            "guesses from the address of others, so that they are locked out",
            Guesses::neighbours));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return Attack.rested(
        id, does, Mode.NOISY, Set.of(Identity.NOBODY), assault, Guesses::genuineOnesWork);
  }

  /** In the form of a handle, so that its code has to be computed. */
  private static String guess() {
    byte[] bytes = new byte[64];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Ask with(Target target, String path, String handle) {
    return Ask.get(path)
        .with("Host", target.web().site().authority())
        .with("Cookie", Web.SESSION_COOKIE + "=" + handle);
  }

  private static Verdict forged(Target target) throws IOException, SQLException {
    Meters before = Meters.of(target);
    Optional<Reply> wait = untilRefused(target, FORGED, () -> with(target, "/v1/me", guess()));
    if (wait.isEmpty()) {
      return new Verdict.Succeeded(FORGED + " guesses from one address, and never 429");
    }
    Meters since = Meters.of(target).since(before);
    return told(wait.get(), since);
  }

  private static Verdict ended(Target target) throws IOException, SQLException {
    Resident member = target.web().resident(target.attacker().id(), Part.MEMBER);
    Browser browser = target.web().freshly(member, target.attacker().id());
    String handle = String.valueOf(browser.cookies().get(Web.SESSION_COOKIE));
    browser.ask(Ask.of("DELETE", "/v1/session"));
    target.web().rest();
    Meters before = Meters.of(target);
    Optional<Reply> wait =
        untilRefused(target, ENDED, () -> with(target, "/v1/audit/records", handle));
    return wait.isEmpty()
        ? new Verdict.Succeeded(ENDED + " dear requests with an ended session, and never 429")
        : told(wait.get(), Meters.of(target).since(before));
  }

  private static Verdict told(Reply wait, Meters since) {
    boolean says =
        wait.code().equals("rate_limited")
            && wait.field("Retry-After").orElse("").matches("[1-9][0-9]*");
    if (!says) {
      return new Verdict.Inconclusive("a 429 that does not say how long: " + wait.readable());
    }
    return since.refusals() > 0 && since.recorded() > 0
        ? new Verdict.Refused("429 after a while; " + since)
        : new Verdict.Succeeded("429 after a while, and nobody is told: " + since);
  }

  /** What the server says when it has had enough; empty when it never has. */
  private static Optional<Reply> untilRefused(Target target, int most, Supplier<Ask> asks)
      throws IOException {
    Line line = target.web().line();
    try {
      for (int n = 0; n < most; n++) {
        if (!line.isOpen()) {
          line = target.web().line();
        }
        Reply reply = line.ask(asks.get());
        if (reply.isDone()) {
          throw new IllegalStateException("somebody is known by a handle that is none: " + reply);
        }
        if (reply.status() == TOO_MANY) {
          return Optional.of(reply);
        }
      }
    } finally {
      line.close();
    }
    return Optional.empty();
  }

  private static Verdict spread(Target target) throws IOException, SQLException {
    Meters before = Meters.of(target);
    for (int n = 1; n <= ADDRESSES; n++) {
      try (Line line = Line.over(from(target, "127.0." + n + ".1"))) {
        for (int each = 0; each < EACH; each++) {
          line.ask(with(target, "/v1/me", guess()));
        }
      }
    }
    Meters since = Meters.of(target).since(before);
    int sent = ADDRESSES * EACH;
    String told = sent + " guesses from " + ADDRESSES + " addresses: " + since;
    return since.refusals() >= sent && since.recorded() >= sent
        ? new Verdict.Refused(told)
        : new Verdict.Succeeded("nobody is told of " + told);
  }

  /** From another address of this machine, where it has more than one. */
  private static Socket from(Target target, String address) throws IOException {
    String host = target.web().site().host();
    int port = target.web().site().port();
    try {
      return new Socket(host, port, InetAddress.ofLiteral(address), 0);
    } catch (BindException onlyOne) {
      return new Socket(host, port);
    }
  }

  private static Verdict neighbours(Target target) throws IOException {
    Optional<Reply> wait = untilRefused(target, FORGED, () -> with(target, "/v1/me", guess()));
    if (wait.isEmpty()) {
      return new Verdict.Inconclusive("nobody was told to wait");
    }
    Resident member = target.web().resident(target.victim().id(), Part.MEMBER);
    String genuine = String.valueOf(member.cookies().get(Web.SESSION_COOKIE));
    try (Line line = target.web().line()) {
      Reply known = line.ask(with(target, "/v1/me", genuine));
      if (!known.isDone()) {
        return new Verdict.Succeeded(
            "whoever is signed in at the same address meets " + known.brief());
      }
      Reply comes = line.ask(Ask.get("/sign-in").with("Host", target.web().site().authority()));
      return comes.isDone()
          ? new Verdict.Refused(
              "after " + wait.get().brief() + " for guesses, others there are known and sign in")
          : new Verdict.Succeeded("whoever wants to sign in there meets " + comes.brief());
    }
  }

  /** The probe: a handle that somebody was given. */
  private static String genuineOnesWork(Target target) {
    Resident member = target.web().resident(target.victim().id(), Part.MEMBER);
    Reply reply = target.web().as(member).get("/v1/me");
    if (!reply.isDone()) {
      throw new IllegalStateException("nor does a genuine handle work: " + reply);
    }
    return "a genuine handle works";
  }
}
