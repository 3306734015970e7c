package dev.cofferdam.review.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Portable;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** NOD-01 and NOD-03: machines that become nodes and should not. */
public final class Registrations {
  private static final int AT_ONCE = 12;
  private static final int TOO_MANY = 429;

  /** More than one address may register at once, and than its budget has room for. */
  private static final int FLOOD = 140;

  /** Points of X25519 with which a shared secret is zero, whoever has whatever key (RFC 7748). */
  private static final List<String> SMALL_ORDER =
      List.of(
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ec" + "ff".repeat(30) + "7f");

  private Registrations() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "NOD-01.used",
            "registers with a bootstrap token that another machine has used",
            Registrations::used),
        inside(
            "NOD-01.ended",
            "registers with bootstrap tokens that were revoked, or have expired",
            Registrations::ended),
        attack(
            "NOD-01.at-once",
            "registers many machines with one bootstrap token at one moment",
            Registrations::atOnce),
        attack(
            "NOD-01.guessed",
            "completes a bootstrap token of which a log has the first half, and dresses others up",
            Registrations::guessed),
        attack(
            "NOD-01.swapped",
            "puts a receiving key of its own into the statement of a machine that it saw",
            Registrations::swapped),
        attack(
            "NOD-01.weak-key",
            "registers a receiving key with which every secret is open to everybody",
            Registrations::weakKey),
        attack(
            "NOD-01.passed-on",
            "hands on what a machine signed for another server",
            Registrations::passedOn),
        inside("NOD-03.flood", "sends forged bootstrap tokens without end", Registrations::flood));
  }

  private static Attack attack(String id, String does, Portable.Assault assault) {
    return Attack.restedAmongOwn(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.NOBODY),
        assault,
        Registrations::machinesBecomeNodes);
  }

  /** One that ages a row, or meets a limit that others need too. */
  private static Attack inside(String id, String does, Attack.Assault assault) {
    return Attack.rested(
        id,
        does,
        Mode.DESTRUCTIVE,
        Set.of(Identity.NOBODY),
        assault,
        target -> machinesBecomeNodes(target.scene()));
  }

  /** A machine of this attack's own: others may be called so in the same tenant. */
  private static String named(String machine) {
    return machine + " " + UUID.randomUUID();
  }

  private static Browser fresh(Scene scene) {
    Web web = scene.web();
    UUID tenant = scene.victim().id();
    return web.as(tenant, Part.ADMIN);
  }

  private static Verdict used(Scene scene) {
    Browser nobody = scene.web().nobody();
    String token = Machine.bootstrap(fresh(scene), named("press")).member("token");
    Machine first = new Machine();
    Reply registered = first.register(nobody, token);
    if (!registered.isDone()) {
      return new Verdict.Inconclusive("nor the machine it is for: " + registered.readable());
    }
    Reply reply = new Machine().register(nobody, token);
    return reply.isDone()
        ? new Verdict.Succeeded("a second machine is a node by the same token: " + reply.brief())
        : told(reply, "gone|name_taken");
  }

  private static Verdict told(Reply reply, String codes) {
    return reply.code().matches(codes)
        ? new Verdict.Refused(reply.brief())
        : new Verdict.Inconclusive("met " + reply.readable());
  }

  /** As if an hour had gone by for this token alone. */
  private static void age(Target target, String token) throws SQLException {
    try (Session superuser = target.asSuperuser()) {
      superuser.must(
          """
          update nodes.bootstrap set created_at = now() - interval '1 hour', expires_at = now() - interval '1 minute'
           where bootstrap_id = '%s'
          """
              .formatted(token));
    }
  }

  private static Verdict ended(Target target) throws SQLException {
    Browser fresh = fresh(target.scene());
    Browser nobody = target.web().nobody();
    Reply revoked = Machine.bootstrap(fresh, named("press one"));
    Reply late = Machine.bootstrap(fresh, named("press two"));
    fresh.ask(Ask.of("DELETE", "/v1/bootstrap-tokens/" + revoked.member("id")));
    Reply reply = new Machine().register(nobody, revoked.member("token"));
    if (reply.isDone()) {
      return new Verdict.Succeeded("a machine is a node by a revoked token: " + reply.brief());
    }
    if (!reply.code().equals("gone")) {
      return new Verdict.Inconclusive("met " + reply.readable());
    }
    age(target, late.member("id"));
    Reply after = new Machine().register(nobody, late.member("token"));
    return after.isDone()
        ? new Verdict.Succeeded("a machine is a node by an expired token: " + after.brief())
        : told(after, "gone");
  }

  private static Verdict atOnce(Scene scene) throws InterruptedException {
    String token = Machine.bootstrap(fresh(scene), named("press")).member("token");
    List<Callable<Reply>> tries = new ArrayList<>();
    for (int n = 0; n < AT_ONCE; n++) {
      Browser nobody = scene.web().nobody();
      String statement = new Machine().statement(token, nobody.site().origin());
      tries.add(() -> Machine.send(nobody, statement));
    }
    int nodes = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Reply> answer : threads.invokeAll(tries)) {
        nodes += answer.get().isDone() ? 1 : 0;
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
    return switch (nodes) {
      case 0 -> new Verdict.Inconclusive("no machine at all is a node");
      case 1 -> new Verdict.Refused("one node of " + AT_ONCE + " machines");
      default -> new Verdict.Succeeded(nodes + " nodes by one token");
    };
  }

  private static Verdict guessed(Scene scene) {
    Browser fresh = fresh(scene);
    Browser nobody = scene.web().nobody();
    String genuine = Machine.bootstrap(fresh, named("press")).member("token");
    String word = genuine.substring(0, genuine.lastIndexOf('_') + 1);
    String random = genuine.substring(word.length(), word.length() + 32);
    for (String forged :
        List.of(
            word + "0".repeat(96),
            word + random + "0".repeat(64),
            word + random + random + random)) {
      Reply reply = new Machine().register(nobody, forged);
      if (reply.isDone()) {
        return new Verdict.Succeeded("a machine is a node by a forged token: " + reply.brief());
      }
      if (!reply.code().equals("invalid_token")) {
        return new Verdict.Inconclusive("met " + reply.readable());
      }
    }
    return new Verdict.Refused("401 for each");
  }

  private static Verdict swapped(Scene scene) {
    Browser nobody = scene.web().nobody();
    String token = Machine.bootstrap(fresh(scene), named("press")).member("token");
    Machine victim = new Machine();
    Machine mine = new Machine();
    String[] seen = victim.statement(token, nobody.site().origin()).split("\\.");
    String claims =
        new String(Base64.getUrlDecoder().decode(seen[1]), UTF_8)
            .replace(
                Optional.ofNullable(victim.receiving().members().get("x")).orElseThrow(),
                Optional.ofNullable(mine.receiving().members().get("x")).orElseThrow());
    String changed =
        seen[0]
            + "."
            + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
            + "."
            + seen[2];
    Reply reply = Machine.send(nobody, changed);
    return reply.isDone()
        ? new Verdict.Succeeded("what is sealed to the victim opens with my key: " + reply.brief())
        : told(reply, "invalid_field");
  }

  /** Of X25519, and of X-Wing with such a half. */
  private static Verdict weakKey(Scene scene) {
    Browser nobody = scene.web().nobody();
    String token = Machine.bootstrap(fresh(scene), named("press")).member("token");
    List<byte[]> weak = new ArrayList<>();
    for (String point : SMALL_ORDER) {
      byte[] half = HexFormat.of().parseHex(point);
      byte[] whole = new Machine(Kem.X_WING).publicKey();
      System.arraycopy(half, 0, whole, whole.length - half.length, half.length);
      weak.addAll(List.of(half, whole));
    }
    for (byte[] key : weak) {
      Reply reply =
          Machine.send(
              nobody,
              new Machine().statement(token, nobody.site().origin(), PublicJwk.ofReceiving(key)));
      if (reply.isDone()) {
        return new Verdict.Succeeded(
            "a node has a key of %d bytes whose secret everybody knows: %s"
                .formatted(key.length, reply.brief()));
      }
      if (!reply.code().equals("invalid_field")) {
        return new Verdict.Inconclusive("met " + reply.readable());
      }
    }
    return new Verdict.Refused(weak.size() + " keys met invalid_field, and the token is unused");
  }

  private static Verdict passedOn(Scene scene) {
    Browser nobody = scene.web().nobody();
    String token = Machine.bootstrap(fresh(scene), named("press")).member("token");
    Reply reply = Machine.send(nobody, new Machine().statement(token, "https://other.example"));
    return reply.isDone()
        ? new Verdict.Succeeded("what was signed for another server counts here: " + reply.brief())
        : told(reply, "invalid_field");
  }

  private static Verdict flood(Target target) throws IOException, SQLException {
    String forged = "cofferdam_boot_" + "0".repeat(96);
    String origin = target.web().site().origin();
    Ask ask =
        Machine.asking(new Machine().statement(forged, origin))
            .with("Host", target.web().site().authority());
    Line line = target.web().line();
    try {
      for (int n = 0; n < FLOOD; n++) {
        if (!line.isOpen()) {
          line = target.web().line();
        }
        Reply reply = line.ask(ask);
        if (reply.isDone()) {
          return new Verdict.Succeeded("a machine is a node by a forged token");
        }
        if (reply.status() == TOO_MANY) {
          return reply.field("Retry-After").orElse("").matches("[1-9][0-9]*")
              ? new Verdict.Refused("429 after " + n)
              : new Verdict.Inconclusive("a 429 that does not say how long: " + reply.readable());
        }
      }
    } finally {
      line.close();
    }
    return new Verdict.Succeeded(FLOOD + " registrations one after the other, and never 429");
  }

  /** The probe: with a token of their own, machines become nodes, and may lose an answer. */
  private static String machinesBecomeNodes(Scene scene) {
    Browser nobody = scene.web().nobody();
    String token = Machine.bootstrap(fresh(scene), "rightful " + UUID.randomUUID()).member("token");
    Machine machine = new Machine();
    String statement = machine.statement(token, nobody.site().origin());
    Reply first = Machine.send(nobody, statement);
    Reply again = Machine.send(nobody, statement);
    if (!first.isDone()
        || !again.isDone()
        || !first.member("node_id").equals(again.member("node_id"))) {
      throw new IllegalStateException(
          "nor does a machine become a node: " + first + ", then " + again);
    }
    return "a machine becomes a node, and gets its answer again";
  }
}
