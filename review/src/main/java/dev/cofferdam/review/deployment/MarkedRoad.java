package dev.cofferdam.review.deployment;

import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import dev.cofferdam.review.wire.Road;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * The way to somebody else's server: by TLS that is verified, or to this machine; every request
 * marked, written down, and no sooner than its turn.
 */
public final class MarkedRoad implements Road {
  /** Tells operators which requests of their logs are a review's. */
  static final String FIELD = "Cofferdam-Review";

  private static final int TOO_MANY = 429;
  private static final int CONNECT_MILLIS = 10_000;

  /** How long to wait where the server does not say. */
  private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  /** How many requests a second are as good as all at once. */
  private static final double AT_ONCE = 100_000;

  /** Until a server that says so can record again. */
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final String scheme;
  private final SSLContext tls;
  private final Pace pace;
  private final String marker;
  private final Consumer<String> written;
  private int requests;
  private int tooMany;
  private int waitedFor;
  private Duration wait = USUAL_WAIT;

  /**
   * @param server in the clear only where it is on this machine
   * @param tls whose authorities vouch for the server
   * @param marker of the run
   * @param written is told each request that was answered, in a line
   */
  MarkedRoad(URI server, SSLContext tls, Pace pace, String marker, Consumer<String> written) {
    this.scheme = String.valueOf(server.getScheme());
    this.tls = tls;
    this.pace = pace;
    this.marker = marker;
    this.written = written;
  }

  /**
   * The way to a server of one's own on this machine, which nobody else is held up by.
   *
   * @param written is told each request that was answered, in a line
   */
  public static MarkedRoad here(URI server, String marker, Consumer<String> written)
      throws IOException {
    return new MarkedRoad(
        Trusted.server(server), Trusted.by(Path.of("")), Pace.of(AT_ONCE), marker, written);
  }

  /** What every request carries. */
  public String marker() {
    return marker;
  }

  @Override
  public String scheme() {
    return scheme;
  }

  @Override
  public Socket connect(String host, int port) throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(new java.net.InetSocketAddress(host, port), CONNECT_MILLIS);
      return scheme.equals("https") ? secured(plain, host, port) : plain;
    } catch (IOException failed) {
      plain.close();
      throw failed;
    }
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    // Without this, a certificate of anybody's is as good as the server's.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Override
  public List<Ask.Field> marks() {
    return List.of(
        new Ask.Field(FIELD, marker), new Ask.Field("User-Agent", "cofferdam-review/" + marker));
  }

  @Override
  public void turn() {
    pace.await();
  }

  @Override
  public synchronized void met(Ask asked, Reply reply) {
    requests++;
    if (reply.status() == TOO_MANY) {
      tooMany++;
      wait = reply.field("Retry-After").map(MarkedRoad::seconds).orElse(USUAL_WAIT);
    }
    written.accept(
        "%s %s %s %d %s"
            .formatted(
                reply.field("Date").orElse("-").replace(' ', '_'),
                asked.method().isEmpty() ? "-" : asked.method(),
                asked.target().isEmpty() ? "-" : asked.target(),
                reply.status(),
                reply.requestId().isEmpty() ? "-" : reply.requestId()));
  }

  private static Duration seconds(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      return USUAL_WAIT;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(text));
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }

  /** Waits as long as the server said to whoever came too often. */
  void rest() {
    Duration asked;
    synchronized (this) {
      asked = wait;
    }
    pace.pause(asked);
  }

  /** The same, but a moment only when no limit was met since it last waited. */
  public void restIfMet() {
    Duration asked;
    synchronized (this) {
      asked = tooMany > waitedFor ? wait : MOMENT;
      waitedFor = tooMany;
    }
    pace.pause(asked);
  }

  /** How many requests were answered. */
  public synchronized int requests() {
    return requests;
  }

  /** How many of them met a limit. */
  synchronized int tooMany() {
    return tooMany;
  }
}
