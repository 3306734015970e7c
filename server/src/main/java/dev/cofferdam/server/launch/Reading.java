package dev.cofferdam.server.launch;

import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The modules that it takes to read the logs, beside a running server or without one: no port, no
 * committer, nothing that works by itself.
 */
final class Reading implements AutoCloseable {
  private static final String[] MODULES = {
    "dev.cofferdam.server.tenancy",
    "dev.cofferdam.server.keyring",
    "dev.cofferdam.server.audit.read"
  };

  private final Foundation foundation;
  private final AnnotationConfigApplicationContext context;

  private Reading(Foundation foundation, AnnotationConfigApplicationContext context) {
    this.foundation = foundation;
    this.context = context;
  }

  /** The schema is compared with this version's, and never changed. */
  static Reading open(StartSettings settings, Logs logs) {
    Foundation foundation = Foundation.attach(settings, logs, line -> {});
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    boolean opened = false;
    try {
      settings
          .environment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "derived",
                  Map.of(
                      "cofferdam.database.url",
                      foundation.databaseUrl(),
                      "cofferdam.database.migrate",
                      "false",
                      // One thing after the other: as many as a server's would be opened for
                      // nothing.
                      "cofferdam.database.app-connections",
                      "2",
                      "cofferdam.database.ops-connections",
                      "2")));
      settings.foldersUsually();
      context.setEnvironment(settings.environment());
      foundation.lendTo(context);
      context.scan(MODULES);
      context.refresh();
      opened = true;
      return new Reading(foundation, context);
    } finally {
      if (!opened) {
        context.close();
        foundation.close();
      }
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    try {
      context.close();
    } finally {
      foundation.close();
    }
  }
}
