package dev.cofferdam.server.testing;

import dev.cofferdam.server.Cofferdam;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.tenancy.RolePasswords;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The framework with the beans that the launcher hands it, on a copied database. */
record StartedServer(
    TestDatabase database,
    RootKey rootKey,
    ConfigurableApplicationContext context,
    boolean isSecond)
    implements AutoCloseable {
  /** Where letters of a server go for which a test plants no mail: nobody looks. */
  static final String LETTERS =
      Path.of(
              System.getProperty("java.io.tmpdir"),
              "cofferdam-letters-" + ProcessHandle.current().pid())
          .toString();

  static StartedServer start(List<String> settings, Consumer<GenericApplicationContext> beans) {
    // The tests' own logging stays as it is.
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
    TestDatabase database = TestDatabase.migrated();
    RootKey rootKey = newRootKey();
    boolean ready = false;
    try {
      StartedServer server =
          new StartedServer(
              database, rootKey, run(database.url(), rootKey, settings, beans), false);
      ready = true;
      return server;
    } finally {
      if (!ready) {
        rootKey.close();
        database.close();
      }
    }
  }

  /** One more, on the same database and with the same root key. */
  StartedServer second() {
    return new StartedServer(
        database, rootKey, run(database.url(), rootKey, List.of(), context -> {}), true);
  }

  static ConfigurableApplicationContext run(
      String databaseUrl,
      RootKey rootKey,
      List<String> settings,
      Consumer<GenericApplicationContext> beans) {
    SpringApplication application = new SpringApplication(Cofferdam.class);
    application.setEnvironment(environment(databaseUrl, settings));
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> {
          GenericApplicationContext generic = (GenericApplicationContext) context;
          // By this name none is called. Without a name, what can be closed would be.
          generic.registerBean(RootKey.class, () -> rootKey, bean -> bean.setDestroyMethodName(""));
          generic.registerBean(RolePasswords.class, TestDatabase::passwords);
          beans.accept(generic);
        });
    return application.run();
  }

  /** Of the settings given and no others: neither variables nor properties of the JVM count. */
  private static StandardEnvironment environment(String databaseUrl, List<String> settings) {
    Map<String, Object> given =
        settings.stream()
            .map(setting -> setting.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .forEach(s -> environment.getPropertySources().remove(s.getName()));
    environment.getPropertySources().addFirst(new MapPropertySource("given", given));
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "derived",
                Map.of(
                    "spring.config.location",
                    "classpath:/application.yaml",
                    "server.address",
                    "127.0.0.1",
                    "server.port",
                    0,
                    "management.server.address",
                    "127.0.0.1",
                    "management.server.port",
                    0,
                    "cofferdam.database.url",
                    databaseUrl,
                    "cofferdam.mail.folder",
                    LETTERS)));
    return environment;
  }

  private static RootKey newRootKey() {
    try {
      Path folder = Files.createTempDirectory("cofferdam-root-key-");
      Path file = folder.resolve("root.key");
      RootKey key = RootKey.open(file, RootKey.IfAbsent.CREATE);
      Files.delete(file);
      Files.delete(folder);
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI address(String port, String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port) + path);
  }

  @Override
  public void close() {
    try {
      context.close();
    } finally {
      if (!isSecond) {
        rootKey.close();
        database.close();
      }
    }
  }
}
