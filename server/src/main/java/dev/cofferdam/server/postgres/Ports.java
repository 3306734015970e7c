package dev.cofferdam.server.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;

/** The port on loopback: the one asked for, or a free one that is then remembered. */
final class Ports {
  private Ports() {}

  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** The port of the last start, or a free one. */
  static int rememberedOrFree(Layout layout) throws IOException {
    if (Files.exists(layout.port())) {
      String text = Files.readString(layout.port()).strip();
      if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535) {
        return Integer.parseInt(text);
      }
    }
    return free();
  }

  static void remember(Layout layout, int port) throws IOException {
    PrivateFiles.writeIfDifferent(layout.port(), port + "\n");
  }
}
