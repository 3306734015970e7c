package dev.cofferdam.server.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A real mail server on loopback, as far as one letter needs one. */
final class PostOffice implements AutoCloseable {
  /** Every line that clients said, whole letters too. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  /** What it answers to RCPT. */
  volatile String toRecipient = "250 yes";

  /** What it answers to the end of a letter; when empty it hangs up instead. */
  volatile String toLetter = "250 taken";

  private final ServerSocket socket;
  private final @Nullable SSLContext tls;
  private final boolean atOnce;

  /**
   * @param tls with which certificate, null for none
   * @param atOnce whether TLS begins with the first byte, and not after STARTTLS
   */
  PostOffice(@Nullable SSLContext tls, boolean atOnce) throws IOException {
    this.tls = tls;
    this.atOnce = atOnce;
    this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> talk(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      converse(atOnce ? encrypted(client) : client, true);
    } catch (IOException e) {
      heard.add("(hung up)");
    }
  }

  private Socket encrypted(Socket client) throws IOException {
    SSLContext context = tls;
    if (context == null) {
      throw new IOException("no TLS");
    }
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), port(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private void converse(Socket client, boolean greet) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    OutputStream out = client.getOutputStream();
    if (greet) {
      say(out, "220 post.test");
    }
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      switch (line.split(" ", 2)[0].toUpperCase(java.util.Locale.ROOT)) {
        case "EHLO" -> {
          if (tls != null && !(client instanceof SSLSocket)) {
            say(out, "250-post.test\r\n250 STARTTLS");
          } else {
            say(out, "250-post.test\r\n250 AUTH PLAIN");
          }
        }
        case "STARTTLS" -> {
          say(out, "220 go on");
          converse(encrypted(client), false);
          return;
        }
        case "AUTH" -> say(out, "235 welcome");
        case "RCPT" -> say(out, toRecipient);
        case "DATA" -> {
          say(out, "354 go on");
          for (String text = in.readLine(); text != null; text = in.readLine()) {
            heard.add(text);
            if (text.equals(".")) {
              break;
            }
          }
          if (toLetter.isEmpty()) {
            return;
          }
          say(out, toLetter);
        }
        case "QUIT" -> {
          say(out, "221 bye");
          return;
        }
        default -> say(out, "250 yes");
      }
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
