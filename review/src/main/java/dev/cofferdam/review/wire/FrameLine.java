package dev.cofferdam.review.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One connection that speaks HTTP/2 over TLS, frame by frame as its attacker wants it (RFC 9113).
 * Believes any certificate: an attacker does not care. Not thread-safe.
 */
public final class FrameLine implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PART = 8000;

  /** Beyond this, data have to be asked for by the other side. */
  private static final int WINDOW = 65_535;

  private final SSLSocket socket;
  private final OutputStream out;
  private final DataInputStream in;

  private FrameLine(SSLSocket socket) throws IOException {
    this.socket = socket;
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
  }

  /** Connects to a port on this machine. */
  public static FrameLine open(int port) throws IOException {
    SSLSocket socket = (SSLSocket) believing().getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    if (!socket.getApplicationProtocol().equals("h2")) {
      throw new IOException("the server speaks no HTTP/2");
    }
    return new FrameLine(socket);
  }

  private static SSLContext believing() {
    TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new IllegalStateException("nobody asks");
          }

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Whoever it is.
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {anybody}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a client says first. */
  public FrameLine begin() throws IOException {
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return frame(SETTINGS, 0, 0, new byte[0]);
  }

  /** Header fields of {@code ask}, with the four that begin with a colon. */
  public byte[] fieldsOf(Ask ask, Site site) {
    List<String> fields =
        new ArrayList<>(
            List.of(
                ":method",
                ask.method(),
                ":scheme",
                "https",
                ":path",
                ask.target(),
                ":authority",
                site.authority()));
    for (Ask.Field field : ask.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!name.equals("host")) {
        fields.add(name);
        fields.add(name.equals("origin") ? "https://" + site.authority() : field.value());
      }
    }
    return fields(fields.toArray(String[]::new));
  }

  /** Begins a stream with these fields; {@code whole} when nothing follows. */
  public FrameLine headers(int stream, boolean whole, byte[] fields) throws IOException {
    return frame(HEADERS, END_HEADERS | (whole ? END_STREAM : 0), stream, fields);
  }

  /** Begins a stream, and owes the rest of its fields. */
  public FrameLine beginHeaders(int stream, byte[] fields) throws IOException {
    return frame(HEADERS, END_STREAM, stream, fields);
  }

  /** More fields; {@code last} when there are no others. */
  public FrameLine moreHeaders(int stream, boolean last, byte[] fields) throws IOException {
    return frame(CONTINUATION, last ? END_HEADERS : 0, stream, fields);
  }

  /**
   * Sends a body, as much of it as the server takes, and reads what comes of it.
   *
   * @return the status, or in words how the server gave it up
   */
  public String sent(int stream, byte[] content) throws IOException {
    try {
      int most = Math.min(content.length, WINDOW);
      for (int at = 0; at < most; at += PART) {
        int end = Math.min(most, at + PART);
        frame(
            DATA,
            end == content.length ? END_STREAM : 0,
            stream,
            Arrays.copyOfRange(content, at, end));
      }
      return most == content.length ? outcome() : restSent(stream, content, most);
    } catch (SocketException | SSLException cut) {
      return outcome();
    }
  }

  /** As fast as the server opens its windows: each update lets as much through as it says. */
  private String restSent(int stream, byte[] content, int from) throws IOException {
    int at = from;
    int connection = 0;
    int ofStream = 0;
    while (at < content.length) {
      Frame frame = read();
      if (frame.type() == HEADERS || frame.type() == RST_STREAM || frame.type() == GOAWAY) {
        return told(frame);
      }
      if (frame.type() == WINDOW_UPDATE) {
        int more = java.nio.ByteBuffer.wrap(frame.payload()).getInt();
        connection += frame.stream() == 0 ? more : 0;
        ofStream += frame.stream() == 0 ? 0 : more;
      }
      int room = Math.min(Math.min(connection, ofStream), content.length - at);
      for (; room > 0; room = Math.min(Math.min(connection, ofStream), content.length - at)) {
        int length = Math.min(room, PART);
        frame(
            DATA,
            at + length == content.length ? END_STREAM : 0,
            stream,
            Arrays.copyOfRange(content, at, at + length));
        at += length;
        connection -= length;
        ofStream -= length;
      }
    }
    return outcome();
  }

  private static final int WINDOW_UPDATE = 8;

  private FrameLine frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        new byte[] {
          (byte) (payload.length >> 16),
          (byte) (payload.length >> 8),
          (byte) payload.length,
          (byte) type,
          (byte) flags,
          0,
          0,
          0,
          (byte) stream
        });
    bytes.writeBytes(payload);
    out.write(bytes.toByteArray());
    out.flush();
    return this;
  }

  private record Frame(int type, int stream, byte[] payload) {}

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, stream, in.readNBytes(length));
  }

  /** The status of the first answer, or in words how the server gave it up. */
  public String outcome() throws IOException {
    try {
      while (true) {
        Frame frame = read();
        if (frame.type() == HEADERS || frame.type() == RST_STREAM || frame.type() == GOAWAY) {
          return told(frame);
        }
      }
    } catch (EOFException | SocketException | SSLException closed) {
      return "the connection was cut";
    }
  }

  private static String told(Frame frame) {
    return switch (frame.type()) {
      case HEADERS -> HeaderStatus.of(frame.payload());
      case RST_STREAM -> "the stream was reset";
      default -> "the connection was given up";
    };
  }

  /**
   * Names and values by turns, spelt out (RFC 7541, section 6.2.2), but for the names that begin
   * with a colon, which have numbers.
   */
  public static byte[] fields(String... texts) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < texts.length; i += 2) {
      int number =
          switch (texts[i]) {
            case ":authority" -> 1;
            case ":method" -> 2;
            case ":path" -> 4;
            case ":scheme" -> 6;
            default -> 0;
          };
      block.write(number);
      if (number == 0) {
        text(block, texts[i]);
      }
      text(block, texts[i + 1]);
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < 127) {
      block.write(bytes.length);
    } else {
      block.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        block.write(rest % 128 + 128);
        rest /= 128;
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
