package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.attack.Waiting;
import dev.cofferdam.review.edge.OwnCertificate;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.SmallServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SEC-02, SEC-03, SEC-05, OPS-06 and EDG-08 where the second store is broken, or somebody else's by
 * now: what it may answer, how much, for how long, and as whom.
 */
public final class StoreBounds {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  /** More than any answer with a value is long. */
  private static final int HUGE = 8 << 20;

  /** Longer than a request may take here. */
  private static final Duration SLOW = Duration.ofMillis(2500);

  private static final Duration DRIP = Duration.ofMillis(100);

  /** More than may be under way at once, and as many as that is. */
  private static final int READERS = 24;

  private static final int AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int DEEP = 2000;

  private StoreBounds() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "SEC-02.led",
            "has the second store lead the server from a path of its own tenant to another's",
            StoreBounds::led),
        attack(
            "SEC-05.store-version",
            "has the second store give another version than the one that was asked for",
            StoreBounds::version),
        attack(
            "SEC-03.store-hangs",
            "reads two dozen values at once from a second store that answers nobody",
            StoreBounds::hangs),
        attack(
            "OPS-06.store-large",
            "has the second store answer without an end",
            target -> answered(target, StoreBounds::large)),
        attack(
            "OPS-06.store-slow",
            "has the second store answer byte by byte",
            target -> answered(target, StoreBounds::slow)),
        attack(
            "OPS-06.store-garbled",
            "has the second store answer what is no answer, or two in one",
            StoreBounds::garbled),
        attack(
            "EDG-08.second-store",
            "puts a second store in the place of the server's, for which nobody vouches",
            StoreBounds::unvouched));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.NODE), assault, References::refers);
  }

  /** How a good value comes that must not be taken all the same. */
  @FunctionalInterface
  private interface Giving {
    void give(HttpExchange to, String value) throws IOException;
  }

  private static Verdict answered(Target target, Giving giving) throws IOException {
    String value = target.victim().canary();
    try (CarelessStore store = CarelessStore.open()) {
      References.believe(target, store);
      Secret secret = References.own(target, target.victim().id());
      Workload node = References.reader(target, secret);
      store.answers(to -> giving.give(to, value));
      Reply reply = node.ask(secret.read());
      return judged(reply, References.opens(node, secret, reply, target.victim()));
    }
  }

  private static Verdict judged(Reply reply, boolean given) {
    if (given || reply.isDone()) {
      return new Verdict.Succeeded("the value is given: " + reply.brief());
    }
    return reply.status() == UNAVAILABLE
        ? new Verdict.Refused("the node met " + reply.brief())
        : new Verdict.Inconclusive("met " + reply.readable());
  }

  /** The value stands behind more than anybody has to read. */
  private static void large(HttpExchange to, String value) throws IOException {
    SmallServer.send(to, OK, " ".repeat(HUGE) + CarelessStore.saying(value, 1));
  }

  /** There is something to be read at any time, and the value comes in the end. */
  private static void slow(HttpExchange to, String value) throws IOException {
    to.getResponseHeaders().set("Content-Type", "application/json");
    to.sendResponseHeaders(OK, 0);
    OutputStream body = to.getResponseBody();
    long until = System.nanoTime() + SLOW.toNanos();
    try {
      while (System.nanoTime() < until) {
        body.write(' ');
        body.flush();
        Thread.sleep(DRIP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    body.write(CarelessStore.saying(value, 1).getBytes(UTF_8));
  }

  private static Verdict led(Target target) throws IOException {
    UUID tenant = target.attacker().id();
    try (CarelessStore store = CarelessStore.open()) {
      References.believe(target, store);
      Secret secret = References.own(target, tenant);
      Workload node = References.reader(target, secret);
      String own = References.place(tenant);
      store.answers(
          to -> {
            if (to.getRequestURI().getPath().equals(own)) {
              SmallServer.redirect(to, 307, References.place(target.victim().id()));
            } else {
              SmallServer.send(to, OK, CarelessStore.saying(target.victim().canary(), 1));
            }
          });
      Reply reply = node.ask(secret.read());
      return judged(reply, References.opens(node, secret, reply, target.victim()));
    }
  }

  private static Verdict version(Target target) throws IOException {
    try (CarelessStore store = CarelessStore.open()) {
      References.believe(target, store);
      Secret secret = References.own(target, target.victim().id());
      Workload node = References.reader(target, secret);
      store.answers(
          to -> SmallServer.send(to, OK, CarelessStore.saying(target.victim().canary(), 7)));
      Reply reply = node.ask(Ask.get(secret.read().target() + "?version=1"));
      if (reply.isDone()) {
        return new Verdict.Succeeded("version 7 is given to who asked for 1: " + reply.brief());
      }
      return reply.code().equals("internal")
          ? new Verdict.Refused("the node met " + reply.brief())
          : new Verdict.Inconclusive("met " + reply.readable());
    }
  }

  private static Verdict hangs(Target target) throws IOException, InterruptedException {
    try (CarelessStore store = CarelessStore.open();
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      References.believe(target, store, PATIENCE.toSeconds() + "s");
      Secret secret = References.own(target, target.victim().id());
      Workload node = References.reader(target, secret);
      AtomicInteger waiting = new AtomicInteger();
      store.answers(
          to -> {
            waiting.incrementAndGet();
            store.answerNever(to);
          });
      AtomicInteger told = new AtomicInteger();
      for (int n = 0; n < READERS; n++) {
        readers.submit(
            () -> {
              if (node.ask(secret.read()).status() == UNAVAILABLE) {
                told.incrementAndGet();
              }
              return null;
            });
      }
      // Before any of them has waited for so long that it is given up.
      Waiting.within(
          PATIENCE.dividedBy(2), () -> waiting.get() > AT_ONCE || told.get() == READERS - AT_ONCE);
      int wait = waiting.get();
      int turnedAway = told.get();
      store.goesAway();
      if (wait > AT_ONCE) {
        return new Verdict.Succeeded(wait + " requests were under way to it at once");
      }
      return wait + turnedAway == READERS
          ? new Verdict.Refused(wait + " waited, and the others were told 503 at once")
          : new Verdict.Inconclusive(wait + " waited, and " + turnedAway + " were told 503");
    }
  }

  /** What is no answer about one version of one value. */
  private static Map<String, String> garbage(String value) {
    String good = CarelessStore.saying(value, 1);
    String field = "\"" + CarelessStore.FIELD + "\":\"" + value + "\"";
    String metadata = "\"metadata\":{\"version\":1}";
    Map<String, String> all = new LinkedHashMap<>();
    all.put("two answers", good + CarelessStore.saying("another", 1));
    all.put("something behind it", good + "]");
    all.put("half an answer", good.substring(0, good.length() - 1));
    all.put("a list of answers", "[" + good + "]");
    all.put("two values", said("{" + field + "," + field + "}", metadata));
    all.put("two values, apart", said("{" + field + "},\"data\":{" + field + "}", metadata));
    all.put("two versions", said("{" + field + "}", "\"metadata\":{\"version\":1,\"version\":2}"));
    all.put("no version", said("{" + field + "}", "\"metadata\":{}"));
    all.put("version 0", said("{" + field + "}", "\"metadata\":{\"version\":0}"));
    all.put("a version in words", said("{" + field + "}", "\"metadata\":{\"version\":\"1\"}"));
    all.put(
        "a version beyond counting",
        said("{" + field + "}", "\"metadata\":{\"version\":99999999999999999999}"));
    all.put("a value too deep", said("{\"other\":{" + field + "}}", metadata));
    all.put("a value too high", "{\"data\":{" + field + "," + metadata + "}}");
    all.put("no text", said("{\"" + CarelessStore.FIELD + "\":{" + field + "}}", metadata));
    all.put("half a sign", said("{" + field.replace(value, "\\ud800") + "}", metadata));
    all.put("nothing but depth", "[".repeat(DEEP) + good + "]".repeat(DEEP));
    return all;
  }

  private static String said(String data, String metadata) {
    return "{\"data\":{\"data\":" + data + "," + metadata + "}}";
  }

  private static Verdict garbled(Target target) throws IOException {
    try (CarelessStore store = CarelessStore.open()) {
      References.believe(target, store);
      Secret secret = References.own(target, target.victim().id());
      Workload node = References.reader(target, secret);
      List<String> met = new ArrayList<>();
      for (var one : garbage(target.victim().canary()).entrySet()) {
        store.answers(to -> SmallServer.send(to, OK, one.getValue()));
        Reply reply = node.ask(secret.read());
        if (reply.isDone()) {
          return new Verdict.Succeeded(one.getKey() + " is taken for an answer");
        }
        // Where there is an answer without such a field, there is no such secret.
        if (reply.status() != UNAVAILABLE && !reply.code().equals("not_found")) {
          return new Verdict.Inconclusive(one.getKey() + " met " + reply.readable());
        }
        met.add(one.getKey());
      }
      return new Verdict.Refused("none of these gives a value: " + met);
    }
  }

  private static Verdict unvouched(Target target) throws IOException {
    try (OwnCertificate certificate = OwnCertificate.make();
        CarelessStore store = CarelessStore.open(certificate.context())) {
      target.server().network(store.port(), "localhost", "127.0.0.1");
      References.believe(target, store);
      Secret secret = References.own(target, target.victim().id());
      Workload node = References.reader(target, secret);
      AtomicInteger told = new AtomicInteger();
      store.answers(
          to -> {
            told.incrementAndGet();
            SmallServer.send(to, OK, CarelessStore.saying(target.victim().canary(), 1));
          });
      Reply reply = node.ask(secret.read());
      return told.get() > 0
          ? new Verdict.Succeeded("it was told the token, and for what: " + reply.brief())
          : judged(reply, false);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }
}
