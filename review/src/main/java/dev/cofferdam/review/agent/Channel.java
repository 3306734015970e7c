package dev.cofferdam.review.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The laboratory's way in: HTTP on loopback, {@code POST /command} with the token as bearer. It
 * asks the woven server to do what no route of it offers.
 */
final class Channel {
  private final byte[] bearer;
  private final Commands commands;

  private Channel(String token, Commands commands) {
    this.bearer = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.commands = commands;
  }

  /** Opens the channel on a free port and writes its address and token into {@code folder}. */
  static void open(Path folder, Commands commands) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", new Channel(token, commands)::answer);
    server.start();
    Path written =
        Files.writeString(
            folder.resolve("channel.new"), server.getAddress().getPort() + "\n" + token + "\n");
    Files.move(written, folder.resolve("channel"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (given == null || !MessageDigest.isEqual(bearer, given.getBytes(StandardCharsets.UTF_8))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      byte[] body = Frames.write(done(exchange));
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private List<@Nullable String> done(HttpExchange exchange) {
    List<@Nullable String> answer = new ArrayList<>();
    try {
      List<@Nullable String> request = Frames.read(exchange.getRequestBody().readAllBytes());
      answer.add("done");
      answer.addAll(commands.run(exchange.getRequestURI().getPath().substring(1), request));
    } catch (Exception | LinkageError failed) {
      answer.clear();
      answer.add("failed");
      answer.add(failed.getClass().getName());
      answer.add(failed.getMessage());
    }
    return answer;
  }
}
