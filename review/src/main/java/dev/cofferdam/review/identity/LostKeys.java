package dev.cofferdam.review.identity;

import com.sun.net.httpserver.HttpExchange;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.Attempt;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCase;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.web.Asked;
import dev.cofferdam.review.web.Denial;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.SmallServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * IDN-02: the keys of the identity provider cannot be had, come too slowly, or are somebody else's,
 * and a token waits to be believed all the same.
 */
public final class LostKeys {
  private static final String CODE = "identity_provider_unavailable";

  /** The server gives the issuer a second; nobody is to wait for much longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final int MOST_BYTES = 256 << 10;

  private LostKeys() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-02.away",
            "keeps the server from the issuer's keys, and brings a token of its own making",
            target -> played(target, away(), TokenCases.of("IDN-01.signature").getFirst())),
        attack(
            "IDN-02.others",
            "has the issuer's place for keys answer with those of another issuer",
            target -> played(target, others(), TokenCases.honest())));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.NOISY, Set.of(Identity.NOBODY), assault, ForgedTokens::honestOnesWork);
  }

  /** How keys are kept back, by what it is called. */
  private static Map<String, SmallServer.Answering> away() {
    Map<String, SmallServer.Answering> ways = new LinkedHashMap<>();
    ways.put("an error", to -> SmallServer.send(to, 500, "{}"));
    ways.put("nothing there", to -> SmallServer.send(to, 404, "{\"keys\":[]}"));
    ways.put("an empty set", to -> SmallServer.send(to, 200, "{\"keys\":[]}"));
    ways.put("no JSON", to -> SmallServer.send(to, 200, "<html>"));
    ways.put("a list", to -> SmallServer.send(to, 200, "[]"));
    ways.put("another place", to -> SmallServer.redirect(to, 302, "/others"));
    ways.put("a closed connection", HttpExchange::close);
    ways.put(
        "too large a set",
        to -> SmallServer.send(to, 200, "{\"keys\":[" + " ".repeat(MOST_BYTES) + "]}"));
    ways.put("a byte now and then", LostKeys::drip);
    return ways;
  }

  private static Map<String, SmallServer.Answering> others() {
    Map<String, SmallServer.Answering> ways = new LinkedHashMap<>();
    ways.put(
        "another's, of the same name", to -> SmallServer.send(to, 200, HostileIdp.othersKeys("e")));
    ways.put("another's", to -> SmallServer.send(to, 200, HostileIdp.othersKeys("theirs")));
    ways.put("a key for encryption", to -> SmallServer.send(to, 200, encryption()));
    return ways;
  }

  private static String encryption() {
    return HostileIdp.othersKeys("e").replace("\"sig\"", "\"enc\"");
  }

  /** More slowly than anybody waits, and never so slowly that a socket's own timeout is met. */
  private static void drip(HttpExchange to) throws IOException {
    to.sendResponseHeaders(200, 0);
    byte[] set = "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8);
    try {
      for (byte next : set) {
        to.getResponseBody().write(next);
        to.getResponseBody().flush();
        Thread.sleep(300);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static Verdict played(
      Target target, Map<String, SmallServer.Answering> ways, TokenCase token) {
    List<Asked> met = new ArrayList<>();
    for (Map.Entry<String, SmallServer.Answering> way : ways.entrySet()) {
      try (HostileIdp idp = HostileIdp.open()) {
        idp.publishes(way.getValue());
        Attempt.believe(target, idp, idp.issuer());
        ForgedToken tokens = new ForgedToken(idp, target.web().site().origin(), Instant.now());
        long began = System.nanoTime();
        Attempt attempt = Attempt.at(target.web(), idp, nonce -> tokens.of(token, nonce));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Optional<Verdict> harm = harm(target, way.getKey(), attempt, took);
        if (harm.isPresent()) {
          return harm.get();
        }
        met.add(ForgedTokens.asked(target, way.getKey(), attempt.reply()));
      }
    }
    return met.stream()
        .filter(asked -> !asked.reply().code().equals(CODE))
        .findFirst()
        .<Verdict>map(other -> new Verdict.Inconclusive(other.told() + " instead of " + CODE))
        .orElseGet(
            () ->
                new Verdict.Refused(
                    "keys kept back in "
                        + met.size()
                        + " ways: "
                        + Denial.summary(met)
                        + "; sessions live on"));
  }

  private static Optional<Verdict> harm(Target target, String way, Attempt attempt, Duration took) {
    if (attempt.signedIn().isPresent()) {
      return Optional.of(
          new Verdict.Succeeded("signed in by a token that nobody could check: " + way));
    }
    if (took.compareTo(PATIENCE) > 0) {
      return Optional.of(
          new Verdict.Succeeded("the server waited " + took.toMillis() + " ms for " + way));
    }
    Resident member = target.web().resident(target.victim().id(), Part.MEMBER);
    Reply live = target.web().as(member).get("/v1/me");
    return live.isDone()
        ? Optional.empty()
        : Optional.of(
            new Verdict.Succeeded("who is signed in is turned away meanwhile: " + live.brief()));
  }
}
