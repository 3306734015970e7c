package dev.cofferdam.server.launch;

import java.lang.management.ManagementFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cofferdam up}: starts the server and stays until it is told to stop. */
@Command(name = "up")
final class UpCommand implements Callable<Integer> {
  private final Logs logs;

  @Mixin private SettingsOptions options = new SettingsOptions();

  UpCommand(Logs logs) {
    this.logs = logs;
  }

  @Override
  public Integer call() throws InterruptedException {
    StartSettings settings = StartSettings.of(options.environment());
    Shutdown shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "shutdown"));
    try {
      Server server = Server.start(settings, logs, UpCommand::say);
      shutdown.closes(server);
      System.out.print(whereToGo(settings, server));
      System.out.flush();
    } finally {
      shutdown.startEnded();
    }
    new CountDownLatch(1).await();
    return Main.DONE;
  }

  private static void say(String line) {
    System.out.println("  " + line);
  }

  private static String whereToGo(StartSettings settings, Server server) {
    // Of the JVM: that of the process would count a build in.
    long began = ManagementFactory.getRuntimeMXBean().getStartTime();
    String database =
        server
            .foundation()
            .postgres()
            .map(
                postgres ->
                    "embedded PostgreSQL " + postgres.version() + ", port " + postgres.port())
            .orElse("external PostgreSQL");
    return """

    Cofferdam %s is ready, after %.1f s.

      Public      %s://%s:%d  (sign in at /sign-in)
      Management  %s://%s:%d  (/health, /metrics)
      Database    %s
      Data        %s
      Log         %s
      Stop        Ctrl-C, or `kill %d`

    """
        .formatted(
            VersionCommand.ofServer(),
            (System.currentTimeMillis() - began) / 1000.0,
            settings.tls().isOn() ? "https" : "http",
            publicHost(settings),
            server.port(),
            settings.tls().isOnForManagement() ? "https" : "http",
            shown(settings.management().address()),
            server.managementPort(),
            database,
            settings.data(),
            settings.log(),
            ProcessHandle.current().pid());
  }

  /** As clients name it, where they do: an address that stands for all of a host leads nowhere. */
  private static String publicHost(StartSettings settings) {
    return settings.edge().hosts().stream()
        .findFirst()
        .orElseGet(() -> shown(settings.http().address()));
  }

  private static String shown(InetAddress address) {
    return address instanceof Inet6Address
        ? "[" + address.getHostAddress() + "]"
        : address.getHostAddress();
  }

  /**
   * Runs when the process is told to end. A start that is under way is let through first: half
   * started, PostgreSQL would be left behind.
   */
  private static final class Shutdown implements Runnable {
    private final CountDownLatch startEnded = new CountDownLatch(1);
    private volatile AutoCloseable server = () -> {};
    private volatile boolean started;

    void closes(Server running) {
      server = running;
      started = true;
    }

    void startEnded() {
      startEnded.countDown();
    }

    @Override
    public void run() {
      try {
        startEnded.await();
        if (!started) {
          return;
        }
        System.out.println("Stopping.");
        server.close();
        System.out.println("Stopped.");
        System.out.flush();
        // Asked to stop and stopped: that is 0, not the signal's number.
        Runtime.getRuntime().halt(Main.DONE);
      } catch (Exception e) {
        LoggerFactory.getLogger(UpCommand.class).error("The server did not stop cleanly.", e);
        Runtime.getRuntime().halt(Main.REFUSED);
      }
    }
  }
}
