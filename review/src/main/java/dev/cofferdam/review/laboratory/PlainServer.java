package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.wire.Session;
import dev.cofferdam.review.wire.Site;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;

/** A server as somebody starts it, for people to look at: nothing is woven. */
public final class PlainServer implements AutoCloseable {
  private final ServerProcess process;
  private final Letters letters;

  private PlainServer(ServerProcess process) {
    this.process = process;
    this.letters = process.letters();
  }

  /**
   * Starts it, or starts it again on what it kept.
   *
   * @param folder its data go into {@code data} there, and what it says into {@code server.out}
   * @throws LaboratoryException when it does not become ready, with what it said
   */
  public static PlainServer up(Archives archives, Path folder, int port, int managementPort) {
    return up(archives, folder, port, managementPort, Map.of());
  }

  /**
   * The same with settings.
   *
   * @param settings as environment variables
   */
  public static PlainServer up(
      Archives archives, Path folder, int port, int managementPort, Map<String, String> settings) {
    PlainServer server =
        new PlainServer(ServerProcess.plain(archives, folder, port, managementPort, settings));
    // So that nobody is left with a server whose window is gone.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  public Site site() {
    return process.site();
  }

  /** The code in the newest letter to {@code address}, once it is there. */
  public String code(String address) {
    return letters.code(address);
  }

  Letters letters() {
    return letters;
  }

  /** What the server logs from now on, whenever it is asked for. */
  Supplier<String> logFromNow() {
    return process.logFromNow();
  }

  /** A connection to its PostgreSQL that may do anything; see {@link ServerProcess#asSuperuser}. */
  Session asSuperuser() throws SQLException {
    return process.asSuperuser();
  }

  /** Returns when it has ended, by itself or by somebody else's hand. */
  public void await() throws InterruptedException {
    process.await();
  }

  @Override
  public void close() {
    process.close();
  }
}
