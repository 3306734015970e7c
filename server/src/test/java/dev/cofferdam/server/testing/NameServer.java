package dev.cofferdam.server.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A small real name server on loopback (RFC 1035, UDP): it knows TXT records that a test sets. */
public final class NameServer implements AutoCloseable {
  private static final int NO_ERROR = 0;
  private static final int SERVER_FAILURE = 2;
  private static final int NO_SUCH_NAME = 3;

  private final DatagramSocket socket;
  private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
  private volatile boolean failing;

  private NameServer(DatagramSocket socket) {
    this.socket = socket;
  }

  public static NameServer start() {
    try {
      NameServer server = new NameServer(new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1")));
      Thread.ofPlatform().daemon().name("name server").start(server::serve);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As settings write it. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The TXT records of a name from now on; no such name when there are none. */
  public void set(String name, String... records) {
    if (records.length == 0) {
      texts.remove(name);
    } else {
      texts.put(name, List.of(records));
    }
  }

  /** Whether every question is answered with a failure. */
  public void fail(boolean now) {
    failing = now;
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
        socket.receive(asked);
        byte[] answer = answer(Arrays.copyOf(asked.getData(), asked.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private byte[] answer(byte[] question) throws IOException {
    ByteBuffer read = ByteBuffer.wrap(question).position(12);
    StringBuilder name = new StringBuilder();
    for (int length = read.get(); length > 0; length = read.get()) {
      byte[] label = new byte[length];
      read.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
    }
    // Past type and class, which are those of the question.
    int end = read.position() + 4;
    List<String> known = texts.getOrDefault(name.toString().toLowerCase(Locale.ROOT), List.of());
    List<String> given = failing ? List.of() : known;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(0x8180 | (failing ? SERVER_FAILURE : known.isEmpty() ? NO_SUCH_NAME : NO_ERROR));
    out.writeShort(1);
    out.writeShort(given.size());
    out.writeShort(0);
    out.writeShort(0);
    out.write(question, 12, end - 12);
    for (String text : given) {
      byte[] value = text.getBytes(US_ASCII);
      out.writeShort(0xc00c);
      out.writeShort(16);
      out.writeShort(1);
      out.writeInt(60);
      out.writeShort(value.length + 1);
      out.writeByte(value.length);
      out.write(value);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
