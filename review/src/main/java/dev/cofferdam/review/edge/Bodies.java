package dev.cofferdam.review.edge;

import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Scene;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.FrameLine;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * EDG-01, the half of it behind the header fields. What is sent is a request that would be judged
 * by what it says, if anybody read so far: its name is empty, which is 422, and leaves nothing
 * behind.
 */
public final class Bodies {
  private static final int LARGE = 1_200_000;
  private static final int SMALL = 60;
  private static final int PART = 8192;

  /** Far longer than the laboratory's server waits, also where it is busy and looks late. */
  private static final Duration LONG = Duration.ofSeconds(4);

  private static final Duration DROP = Duration.ofMillis(100);
  private static final int READ = 422;
  private static final String TOO_MANY = "429";

  private Bodies() {}

  public static List<Attack> all() {
    return List.of(
        Door.byOwnerAnywhere(
            "EDG-01.announced",
            "sends a body of 1.2 MB, and says so",
            scene -> judged(plain(scene, content(LARGE), Map.of()))),
        Door.byOwnerAnywhere(
            "EDG-01.chunked",
            "sends a body of 1.2 MB in chunks, without saying how large it is",
            scene -> judged(chunked(scene, content(LARGE)))),
        Door.byOwnerAnywhere(
            "EDG-01.compressed",
            "sends 1,200 bytes that are 1.2 MB when somebody inflates them",
            scene ->
                judged(plain(scene, zipped(content(LARGE)), Map.of("Content-Encoding", "gzip")))),
        Door.byOwner(
            "EDG-01.http2",
            "sends a body of 1.2 MB in frames of HTTP/2",
            Mode.SAFE,
            target -> judged(framed(target, content(LARGE)))),
        // How long it would have to take elsewhere depends on a setting that nobody can see.
        Door.byOwner(
            "EDG-01.slow-body",
            "sends a body byte by byte",
            Mode.SAFE,
            target -> judged(dripped(target.scene()))),
        Door.byNobody(
            "EDG-01.unread-body",
            "drips a body that nobody asked for behind an answer that is there",
            target -> held(target.scene())));
  }

  /** What holds a connection, and a thread, where not even a route is met. */
  private static Verdict held(Scene scene) throws Exception {
    Site site = scene.web().site();
    try (Line line = Line.open(site)) {
      line.write(
          "POST /v1/nowhere HTTP/1.1\r\nHost: "
              + site.authority()
              + "\r\nContent-Length: 1000\r\n\r\n");
      String met = line.read(false).brief();
      try {
        for (long left = LONG.toMillis(); left > 0; left -= DROP.toMillis()) {
          line.write("a");
          Thread.sleep(DROP);
        }
      } catch (IOException enough) {
        return new Verdict.Refused("answered " + met + ", and then the connection was cut");
      }
      return new Verdict.Succeeded(
          "after " + met + " the connection was held for " + LONG.toMillis() + " ms");
    }
  }

  private static Verdict judged(String met) {
    if (met.startsWith(TOO_MANY)) {
      return new Verdict.Inconclusive("was not looked at: " + met);
    }
    return met.startsWith(Integer.toString(READ))
        ? new Verdict.Succeeded("the body was read to its end and judged: " + met)
        : new Verdict.Refused("the body was not read: " + met);
  }

  /** A group without a name, and blanks behind it. */
  private static byte[] content(int length) {
    byte[] content = " ".repeat(length).getBytes(StandardCharsets.US_ASCII);
    byte[] json = "{\"name\":\"\"}".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(json, 0, content, 0, json.length);
    return content;
  }

  private static byte[] zipped(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static Browser browser(Scene scene) {
    return scene.web().as(scene.attacker().id(), Part.OWNER);
  }

  private static Ask dressed(Scene scene) {
    return browser(scene)
        .dressed(Ask.of("POST", "/v1/groups").with("Content-Type", "application/json"));
  }

  private static String head(Ask ask, Map<String, String> more) {
    StringBuilder head = new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\n");
    ask.fields()
        .forEach(
            field -> head.append(field.name()).append(": ").append(field.value()).append("\r\n"));
    more.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  private static String plain(Scene scene, byte[] content, Map<String, String> more)
      throws IOException {
    try (Line line = scene.web().line()) {
      Map<String, String> fields = new java.util.TreeMap<>(more);
      fields.put("Content-Length", Integer.toString(content.length));
      line.write(head(dressed(scene), fields));
      return sent(line, content, false);
    }
  }

  private static String chunked(Scene scene, byte[] content) throws IOException {
    try (Line line = scene.web().line()) {
      line.write(head(dressed(scene), Map.of("Transfer-Encoding", "chunked")));
      return sent(line, content, true);
    }
  }

  /** What comes of sending it all; a server that has had enough may close instead of answering. */
  private static String sent(Line line, byte[] content, boolean chunks) {
    try {
      for (int at = 0; at < content.length; at += PART) {
        int length = Math.min(PART, content.length - at);
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        if (chunks) {
          part.writeBytes(
              (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        part.write(content, at, length);
        if (chunks) {
          part.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        line.write(part.toByteArray());
      }
      if (chunks) {
        line.write("0\r\n\r\n");
      }
    } catch (IOException enough) {
      // The answer may be there all the same.
    }
    return answer(line);
  }

  private static String answer(Line line) {
    try {
      Reply reply = line.read(false);
      return reply.brief();
    } catch (IOException cut) {
      return "the connection was cut";
    }
  }

  private static String dripped(Scene scene) throws Exception {
    byte[] content = content(SMALL);
    try (Line line = scene.web().line()) {
      line.write(head(dressed(scene), Map.of("Content-Length", Integer.toString(content.length))));
      long began = System.nanoTime();
      int sent = 0;
      try {
        while (System.nanoTime() - began < LONG.toNanos()) {
          if (line.isAnswered()) {
            return answer(line);
          }
          line.write(new byte[] {content[sent++]});
          Thread.sleep(LONG.toMillis() / (SMALL - 10));
        }
        line.write(java.util.Arrays.copyOfRange(content, sent, content.length));
      } catch (IOException enough) {
        // The answer may be there all the same.
      }
      return answer(line);
    }
  }

  private static String framed(Target target, byte[] content) throws Exception {
    Ask ask = dressed(target.scene());
    try (OwnCertificate certificate = OwnCertificate.make();
        FrameLine line =
            FrameLine.open(target.server().openPort("127.0.0.1", certificate.file()))) {
      line.begin().headers(1, false, line.fieldsOf(ask, target.web().site()));
      return line.sent(1, content);
    }
  }
}
