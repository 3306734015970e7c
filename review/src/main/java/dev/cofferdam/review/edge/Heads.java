package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.wire.FrameLine;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Site;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** EDG-01, the half of it up to the header fields: huge ones, many, and those that never end. */
public final class Heads {
  /** Far longer than the laboratory's server waits, also where it is busy and looks late. */
  private static final Duration LONG = Duration.ofSeconds(5);

  private static final Duration DROP = Duration.ofMillis(100);
  private static final String ALIVE = "GET /livez HTTP/1.1\r\nHost: localhost\r\n";

  private Heads() {}

  public static List<Attack> all() {
    return List.of(
        Door.byNobody("EDG-01.header-size", "sends a header field of 60 kB", Heads::large),
        Door.byNobodyAnywhere("EDG-01.header-count", "sends 500 header fields", Heads::many),
        Door.byNobody(
            "EDG-01.slow-heads",
            "holds connections by a head, a TLS handshake and a block of fields that drip in",
            Heads::slow));
  }

  private static Verdict judged(String what, String met) {
    return met.startsWith("200")
        ? new Verdict.Succeeded(what + " was answered: " + met)
        : new Verdict.Refused(what + " met: " + met);
  }

  private static Verdict large(Target target) throws IOException {
    // On a port of its own: what an older one has set aside for heads stays as it is.
    int port = target.server().openPort("127.0.0.1", null);
    return judged(
        "a head of 60 kB",
        asked(new Site("127.0.0.1", port), ALIVE + "X: " + "a".repeat(60_000) + "\r\n\r\n"));
  }

  private static Verdict many(Scene scene) throws IOException {
    Site site = scene.web().site();
    return judged(
        "a head of 500 fields",
        asked(
            site,
            "GET /livez HTTP/1.1\r\nHost: "
                + site.authority()
                + "\r\n"
                + "X: a\r\n".repeat(500)
                + "\r\n"));
  }

  private static String asked(Site site, String request) throws IOException {
    try (Line line = Line.open(site)) {
      try {
        line.write(request);
      } catch (IOException enough) {
        // The answer may be there all the same.
      }
      return read(line);
    }
  }

  private static String read(Line line) {
    try {
      return line.read(false).brief();
    } catch (IOException cut) {
      return "the connection was cut";
    }
  }

  private static Verdict slow(Target target) throws Exception {
    Site site = target.web().site();
    try (OwnCertificate certificate = OwnCertificate.make();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int tls = target.server().openPort("127.0.0.1", certificate.file());
      List<Callable<Verdict>> ways =
          List.of(
              () -> judged("a head byte by byte", dripped(site)),
              () -> handshake(tls),
              () -> judged("fields frame by frame", framed(tls, site)));
      List<Future<Verdict>> verdicts = new ArrayList<>();
      ways.forEach(way -> verdicts.add(threads.submit(way)));
      List<String> met = new ArrayList<>();
      for (Future<Verdict> verdict : verdicts) {
        if (verdict.get() instanceof Verdict.Succeeded succeeded) {
          return succeeded;
        }
        met.add(verdict.get().evidence());
      }
      return new Verdict.Refused(String.join("; ", met));
    }
  }

  private static String dripped(Site site) throws Exception {
    try (Line line = Line.open(site)) {
      line.write(ALIVE + "X: ");
      try {
        for (long left = LONG.toMillis(); left > 0; left -= DROP.toMillis()) {
          line.write("a");
          Thread.sleep(DROP);
        }
        line.write("\r\n\r\n");
      } catch (IOException enough) {
        return "the connection was cut";
      }
      return read(line);
    }
  }

  private static Verdict handshake(int port) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      // The beginning of a record of 16,000 bytes.
      socket.getOutputStream().write(new byte[] {22, 3, 1, 62, (byte) 128, 1, 0, 62});
      for (long left = LONG.toMillis(); left > 0; left -= DROP.toMillis()) {
        socket.getOutputStream().write(1);
        Thread.sleep(DROP);
      }
      // Whoever was cut off reads an end, and whoever was not waits for an answer.
      socket.setSoTimeout((int) DROP.toMillis());
      return socket.getInputStream().read() < 0
          ? new Verdict.Refused("a handshake byte by byte met: the connection was cut")
          : new Verdict.Inconclusive("an answer to half of a handshake");
    } catch (java.net.SocketTimeoutException held) {
      return new Verdict.Succeeded(
          "half of a handshake holds a connection for " + LONG.toMillis() + " ms");
    } catch (IOException cut) {
      return new Verdict.Refused("a handshake byte by byte met: the connection was cut");
    }
  }

  private static String framed(int port, Site site) throws Exception {
    try (FrameLine line = FrameLine.open(port)) {
      line.begin()
          .beginHeaders(
              1,
              FrameLine.fields(
                  ":method",
                  "GET",
                  ":scheme",
                  "https",
                  ":path",
                  "/livez",
                  ":authority",
                  site.authority()));
      // Not so small that the container takes them for an attack by themselves.
      byte[] more = FrameLine.fields("x", "a".repeat(1100));
      for (int i = 0; i < 6; i++) {
        Thread.sleep(LONG.dividedBy(6));
        line.moreHeaders(1, false, more);
      }
      line.moreHeaders(1, true, more);
      return line.outcome();
    } catch (IOException cut) {
      return "the connection was cut";
    }
  }
}
