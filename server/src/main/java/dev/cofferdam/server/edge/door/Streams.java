package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Streamed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.coyote.CloseNowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Lets long answers be written, few at a time, and cuts those whose caller may no longer. */
final class Streams {
  /** What {@link Door#pass} gives when the answer has been written already. */
  static final Object SENT = new Object();

  static final int MOST_OF_ONE = 4;
  static final int MOST = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final long ASK_AGAIN_NANOS = Duration.ofMillis(200).toNanos();
  private static final int BUFFER = 16 * 1024;

  private final Map<String, Integer> open = new HashMap<>();
  private int all;

  /** Of an answer that has left in part. Its client finds the connection closed before its end. */
  static final class CutException extends CloseNowException {
    @Serial private static final long serialVersionUID = 1;

    private CutException(Exception why) {
      super("cut", why);
    }
  }

  /** Room for one answer. */
  final class Place {
    private final String principal;

    private Place(String principal) {
      this.principal = principal;
    }

    /** Gives it back; once. */
    void leave() {
      left(principal);
    }
  }

  /**
   * Room for one more answer to this caller.
   *
   * @throws dev.cofferdam.server.surface.RefusedException when there is none
   */
  synchronized Place enter(Caller caller) {
    int own = open.getOrDefault(caller.principal(), 0);
    if (own >= MOST_OF_ONE) {
      throw Refusal.of(ProblemCode.RATE_LIMITED).after(WAIT).thrown();
    }
    if (all >= MOST) {
      throw Refusal.of(ProblemCode.UNAVAILABLE).after(WAIT).thrown();
    }
    open.put(caller.principal(), own + 1);
    all++;
    return new Place(caller.principal());
  }

  private synchronized void left(String principal) {
    open.computeIfPresent(principal, (key, own) -> own == 1 ? null : own - 1);
    all--;
  }

  /**
   * Writes the answer, in the scope that is bound.
   *
   * @param meanwhile what stands against it by now, asked again and again while it is written
   * @throws CutException when it ended early, and some of it has left
   */
  static void send(
      Streamed streamed,
      HttpServletRequest request,
      HttpServletResponse response,
      Supplier<Optional<Refusal>> meanwhile)
      throws IOException {
    response.setContentType(streamed.mediaType());
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"" + streamed.fileName() + "\"");
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    try {
      OutputStream out =
          new BufferedOutputStream(new Watched(response.getOutputStream(), meanwhile), BUFFER);
      streamed.body().writeTo(out);
      out.flush();
    } catch (IOException | RuntimeException e) {
      if (!response.isCommitted()) {
        response.setHeader("Content-Disposition", null);
        throw e;
      }
      // The client's going is no event of ours, whatever it looks like from here.
      LOG.atLevel(e instanceof IOException ? Level.DEBUG : Level.WARN)
          .setCause(e)
          .log("A long answer was cut.");
      throw new CutException(e);
    }
  }

  /** Asks before each piece that leaves, unless it was asked just now. */
  private static final class Watched extends OutputStream {
    private final OutputStream out;
    private final Supplier<Optional<Refusal>> meanwhile;
    private long asked = System.nanoTime();

    Watched(OutputStream out, Supplier<Optional<Refusal>> meanwhile) {
      this.out = out;
      this.meanwhile = meanwhile;
    }

    @Override
    public void write(int piece) throws IOException {
      write(new byte[] {(byte) piece}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (System.nanoTime() - asked > ASK_AGAIN_NANOS) {
        Optional<Refusal> refused = meanwhile.get();
        if (refused.isPresent()) {
          throw refused.get().thrown();
        }
        asked = System.nanoTime();
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
