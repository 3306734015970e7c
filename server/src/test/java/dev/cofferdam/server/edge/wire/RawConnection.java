package dev.cofferdam.server.edge.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Bytes as an attacker sends them, past every HTTP client's good manners. */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  /** One answer, read by its Content-Length or to the end. */
  public record Reply(int status, List<String> fields, String body) {
    public Optional<String> field(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return fields.stream()
          .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(field -> field.substring(prefix.length()).strip())
          .findFirst();
    }
  }

  public static RawConnection to(URI server) throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RawConnection(socket);
  }

  /** Over a connection that is there already. */
  public static RawConnection over(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new RawConnection(socket);
  }

  /** Sends text whose lines are ended by CRLF, as they must be on the wire. */
  public RawConnection lines(String text) throws IOException {
    return bytes(text.replace("\n", "\r\n"));
  }

  /** Sends text as it is. */
  public RawConnection bytes(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** The next answer; empty when the server closed instead. */
  public Optional<Reply> reply() throws IOException {
    Optional<String> status = line();
    if (status.isEmpty()) {
      return Optional.empty();
    }
    List<String> fields = new ArrayList<>();
    for (String field = line().orElse(""); !field.isEmpty(); field = line().orElse("")) {
      fields.add(field);
    }
    Reply head = new Reply(Integer.parseInt(status.get().split(" ")[1]), fields, "");
    int length = head.field("Content-Length").map(Integer::parseInt).orElse(0);
    String body = new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new Reply(head.status(), fields, body));
  }

  private Optional<String> line() throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          return Optional.empty();
        }
        line.write(next);
      }
    } catch (SocketException | SSLException reset) {
      return Optional.empty();
    }
    return Optional.of(line.toString(StandardCharsets.ISO_8859_1).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
