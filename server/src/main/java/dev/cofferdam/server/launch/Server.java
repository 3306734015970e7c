package dev.cofferdam.server.launch;

import dev.cofferdam.server.Cofferdam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The running server: its foundation and, on it, the framework with both ports. */
final class Server implements AutoCloseable {
  private final Foundation foundation;
  private final ConfigurableApplicationContext context;

  private Server(Foundation foundation, ConfigurableApplicationContext context) {
    this.foundation = foundation;
    this.context = context;
  }

  /** Starts everything, and returns when both ports answer. */
  static Server start(StartSettings settings, Logs logs, Consumer<String> progress) {
    // Before anything is started: the port is what is most often in the way.
    requireFree(settings.http().address(), settings.http().port(), "--port");
    requireFree(settings.management().address(), settings.management().port(), "--management-port");
    Foundation foundation = Foundation.open(settings, logs, progress);
    boolean started = false;
    try {
      Server server = new Server(foundation, application(settings, foundation).run());
      started = true;
      return server;
    } finally {
      if (!started) {
        foundation.close();
      }
    }
  }

  private static SpringApplication application(StartSettings settings, Foundation foundation) {
    settings
        .environment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "derived",
                Map.of(
                    "spring.config.location", "classpath:/application.yaml",
                    "server.address", settings.http().address().getHostAddress(),
                    "server.port", settings.http().port(),
                    "management.server.address", settings.management().address().getHostAddress(),
                    "management.server.port", settings.management().port(),
                    "cofferdam.database.url", foundation.databaseUrl())));
    settings.foldersUsually();
    SpringApplication application = new SpringApplication(Cofferdam.class);
    application.setEnvironment(settings.environment());
    application.setBannerMode(Banner.Mode.OFF);
    application.setAddCommandLineProperties(false);
    // The order of stopping is ours: see close().
    application.setRegisterShutdownHook(false);
    application.addInitializers(context -> foundation.lendTo((GenericApplicationContext) context));
    return application;
  }

  /** Refuses a port that something else holds. */
  static void requireFree(InetAddress address, int port, String option) {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new StartRefusedException(
          "Port %d on %s cannot be used (%s): stop what holds it, or choose another with %s."
              .formatted(port, address.getHostAddress(), e.getMessage(), option),
          e);
    }
  }

  /** The public port in use. */
  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /** The management port in use. */
  int managementPort() {
    return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
  }

  Foundation foundation() {
    return foundation;
  }

  /** Lets running requests end, closes the pools, then stops PostgreSQL. */
  @Override
  public void close() {
    try {
      context.close();
    } finally {
      foundation.close();
    }
  }
}
