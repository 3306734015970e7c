package dev.cofferdam.review.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Whatever stands behind the server where only the server gets: it answers every request with a
 * secret, and keeps the first words of whoever connected.
 */
final class Inside implements AutoCloseable {
  private static final int WORDS = 200;
  private static final int PATIENCE = 1000;
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n"
          + "Connection: close\r\n\r\n{\"secret\":42}";

  private final ServerSocket socket;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private Inside(ServerSocket socket) {
    this.socket = socket;
  }

  static Inside open() throws IOException {
    Inside inside = new Inside(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().name("inside").start(inside::listen);
    return inside;
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What was said to it, by whoever connected. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        hear(socket.accept());
      } catch (IOException over) {
        // Closed, or whoever connected has gone: the next one is listened to.
        continue;
      }
    }
  }

  private void hear(Socket from) throws IOException {
    try (from) {
      from.setSoTimeout(PATIENCE);
      byte[] words = new byte[WORDS];
      int read = from.getInputStream().read(words);
      heard.add(told(words, Math.max(read, 0)));
      from.getOutputStream().write(ANSWER.getBytes(UTF_8));
    }
  }

  /** A hello of TLS begins with the type of its record; all else is taken for text. */
  private static String told(byte[] words, int length) {
    return length > 0 && words[0] == 22
        ? "a hello of TLS"
        : new String(words, 0, length, ISO_8859_1).lines().findFirst().orElse("nothing");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
