package dev.cofferdam.server.launch;

import dev.cofferdam.server.postgres.DataDirectory;
import dev.cofferdam.server.tenancy.database.DatabaseAddress;
import dev.cofferdam.server.tenancy.database.DatabaseSettings;
import dev.cofferdam.server.tenancy.database.Installation;
import dev.cofferdam.server.tenancy.database.PreparedDatabase;
import dev.cofferdam.server.tenancy.database.TableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cofferdam database}: what an operator with a PostgreSQL of their own does to it. */
@Command(name = "database")
final class DatabaseCommand {
  private final Logs logs;

  DatabaseCommand(Logs logs) {
    this.logs = logs;
  }

  @Command(name = "install")
  int install(
      @Mixin SettingsOptions options,
      @Option(names = "--superuser", paramLabel = "NAME", defaultValue = "postgres")
          String superuser,
      @Option(names = "--superuser-password-file", paramLabel = "FILE", required = true)
          Path passwordFile) {
    StartSettings settings = StartSettings.of(options.environment());
    DatabaseAddress address = externalAddress(settings);
    DataDirectory.prepare(settings.data());
    char[] password = read(passwordFile);
    try {
      PGSimpleDataSource maintenance = address.as(superuser, password);
      maintenance.setDatabaseName("postgres");
      Foundation.install(settings, maintenance, address.database(), System.out::println).close();
    } finally {
      Arrays.fill(password, '\0');
    }
    System.out.println("Installed at " + address + ". `./cofferdam up` migrates it.");
    return Main.DONE;
  }

  @Command(name = "print-install")
  int printInstall(@Mixin SettingsOptions options) {
    StartSettings settings = StartSettings.of(options.environment());
    System.out.print(
        Installation.script(
            settings.externalDatabase().isPresent()
                ? externalAddress(settings).database()
                : Foundation.DATABASE));
    return Main.DONE;
  }

  @Command(name = "migrate")
  int migrate(@Mixin SettingsOptions options) {
    StartSettings settings = StartSettings.of(options.environment());
    try (Foundation foundation = Foundation.open(settings, logs, System.out::println)) {
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
                      "true")));
      PreparedDatabase database =
          PreparedDatabase.prepare(
              Binder.get(settings.environment())
                  .bind("cofferdam.database", DatabaseSettings.class)
                  .get(),
              foundation.passwords(),
              TableList.ofCofferdam());
      int behind = database.migratePlaced();
      if (behind > 0) {
        throw new StartRefusedException(
            "The shared schema is at this server's version, and the schemas of %d tenants are not: correct what `%s` says of them and run this again. Until then nobody enters those tenants."
                .formatted(behind, settings.log()));
      }
    }
    System.out.println(
        "The schema is at this server's version, and so are those of tenants with their own.");
    return Main.DONE;
  }

  private static DatabaseAddress externalAddress(StartSettings settings) {
    @Nullable String url = settings.externalDatabase().orElse(null);
    if (url == null) {
      throw new StartRefusedException(
          "No database is named: give its address with --database-url. The embedded PostgreSQL is installed by `./cofferdam up`.");
    }
    return DatabaseAddress.of(url);
  }

  private static char[] read(Path file) {
    try {
      return Files.readString(file).strip().toCharArray();
    } catch (IOException e) {
      throw new StartRefusedException("The password file `" + file + "` cannot be read.", e);
    }
  }
}
