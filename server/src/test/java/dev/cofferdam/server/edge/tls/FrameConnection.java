package dev.cofferdam.server.edge.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http2.hpack.HPackDecoder;

/** HTTP/2 frame by frame, as an attacker sends it. */
final class FrameConnection implements AutoCloseable {
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private final SSLSocket socket;
  private final OutputStream out;

  /** One frame that came. */
  record Frame(int type, int flags, int stream, byte[] payload) {}

  FrameConnection(SSLContext context, int port) throws IOException {
    socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    socket.setSoTimeout(15_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    out = socket.getOutputStream();
  }

  String protocol() {
    return socket.getApplicationProtocol();
  }

  FrameConnection preface() throws IOException {
    return raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  FrameConnection raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  FrameConnection frame(int type, int flags, int stream, byte[] payload) throws IOException {
    return raw(head(payload.length, type, flags, stream)).raw(payload);
  }

  static byte[] head(int length, int type, int flags, int stream) {
    return new byte[] {
      (byte) (length >> 16),
      (byte) (length >> 8),
      (byte) length,
      (byte) type,
      (byte) flags,
      0,
      0,
      0,
      (byte) stream
    };
  }

  /**
   * Names and values by turns, each spelt out (RFC 7541, section 6.2.2) but for the names that
   * begin with a colon, which the container takes by their number alone.
   */
  static byte[] fields(String... texts) {
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
    // Seven bits of the length, and the rest of a longer one behind them.
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

  /** The next frame. */
  Frame read() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(type, flags, stream, in.readNBytes(length));
  }

  /** What comes of a stream: its status, or that the server gave it or the connection up. */
  String outcome() throws Exception {
    try {
      while (true) {
        Frame frame = read();
        switch (frame.type()) {
          case HEADERS -> {
            return new HPackDecoder(4096, StandardCharsets.US_ASCII)
                .decodeHeaders(ByteBuffer.wrap(frame.payload())).stream()
                    .filter(field -> field.getName().equals(":status"))
                    .map(NameValuePair::getValue)
                    .findFirst()
                    .orElseThrow();
          }
          case RST_STREAM -> {
            return "reset";
          }
          case GOAWAY -> {
            return "gone: " + new String(frame.payload(), 8, frame.payload().length - 8, US_ASCII);
          }
          default -> {}
        }
      }
    } catch (EOFException | SocketException | SSLException closed) {
      return "closed";
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
