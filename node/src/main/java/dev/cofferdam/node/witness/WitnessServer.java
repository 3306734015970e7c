package dev.cofferdam.node.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cofferdam.protocol.log.AddCheckpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The witness over HTTP. */
final class WitnessServer implements AutoCloseable {
  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Witness witness;
  private final Consumer<String> log;

  private record Reply(int status, String type, String body) {
    private static Reply text(int status, String body) {
      return new Reply(status, "text/plain; charset=utf-8", body + "\n");
    }
  }

  /**
   * Serves from now on.
   *
   * @param log gets a line for whatever the operator should know
   */
  WitnessServer(InetSocketAddress address, Witness witness, Consumer<String> log)
      throws IOException {
    this.witness = witness;
    this.log = log;
    server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(AddCheckpoint.PATH)) {
      return Reply.text(404, "not found");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return Reply.text(405, "use POST");
    }
    byte[] body = exchange.getRequestBody().readNBytes(AddCheckpoint.LONGEST + 1);
    if (body.length > AddCheckpoint.LONGEST) {
      return Reply.text(413, "too long");
    }
    try {
      return reply(witness.add(new String(body, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      log.accept("Nothing was cosigned: " + e.getMessage());
      return Reply.text(500, "the witness cannot keep what it cosigns");
    }
  }

  private Reply reply(Answer answer) {
    return switch (answer) {
      case Answer.Cosigned(var signature) -> Reply.text(200, signature.line());
      case Answer.UnknownLog() -> Reply.text(404, "this log is not witnessed here");
      case Answer.NotSigned() -> Reply.text(403, "not signed by a known key of this log");
      case Answer.Stale(long size) -> new Reply(409, AddCheckpoint.SIZE_TYPE, size + "\n");
      case Answer.NotConsistent() -> {
        log.accept("A checkpoint was refused that does not continue the one before: a fork?");
        yield Reply.text(422, "the proof does not lead from the checkpoint cosigned last");
      }
      case Answer.Malformed(String why) -> Reply.text(400, why);
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
