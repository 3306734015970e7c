package dev.cofferdam.server.launch;

import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.keyring.RootKeyReplacement;
import dev.cofferdam.server.keyring.RootKeySource;
import dev.cofferdam.server.launch.settings.SettingsEnvironment;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.tenancy.database.DatabaseSettings;
import dev.cofferdam.server.tenancy.database.OwnerAccess;
import dev.cofferdam.server.tenancy.database.PreparedDatabase;
import dev.cofferdam.server.tenancy.database.TableList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cofferdam rootkey}: what whoever has the machine does with the root key. */
@Command(name = "rootkey")
final class RootKeyCommand {
  private static final long TELL_EVERY = 10_000;

  private final Logs logs;

  RootKeyCommand(Logs logs) {
    this.logs = logs;
  }

  @Command(name = "rewrap")
  int rewrap(@Mixin SettingsOptions options) {
    RootKeySource source = StartSettings.of(options.environment()).rootKey();
    String version =
        source
            .rewrap()
            .orElseThrow(
                () ->
                    new StartRefusedException(
                        "The root key is in %s as it is: there is nothing that it could be wrapped under anew."
                            .formatted(source.described())));
    System.out.printf("%s: under version %s of it now.%n", source.described(), version);
    return Main.DONE;
  }

  @Command(name = "replace")
  int replace(
      @Mixin SettingsOptions options,
      @Option(names = "--next", paramLabel = "FILE", required = true) Path next,
      @Option(names = "--confirm", paramLabel = "ID") @Nullable String confirm)
      throws IOException {
    StartSettings settings = StartSettings.of(options.environment());
    RootKeySource then =
        StartSettings.of(
                SettingsEnvironment.of(next, Map.of("cofferdam.data", settings.data().toString())))
            .rootKey();
    if (then.file().equals(settings.rootKey().file())) {
      throw new StartRefusedException(
          "`%s` names the file `%s`, where the root key is that is to be replaced: name another."
              .formatted(next, then.file()));
    }
    if (settings.externalDatabase().isEmpty()
        && EmbeddedPostgres.running(settings.embeddedPostgres()).isPresent()) {
      throw new StartRefusedException("The server runs: stop it first.");
    }
    try (Foundation foundation = Foundation.open(settings, logs, System.out::println)) {
      OwnerOf database = database(settings, foundation);
      try (RootKey made = RootKey.open(then, RootKey.IfAbsent.CREATE)) {
        System.out.printf(
            "Root key `%s` in %s is to take the place of `%s`. Keep a copy of it elsewhere, now.%n",
            made.id(), then.described(), foundation.rootKey().id());
        if (!Confirmation.given(made.id(), confirm)) {
          return Main.REFUSED;
        }
        RootKeyReplacement.Done done =
            new RootKeyReplacement(database, foundation.rootKey(), made, Clock.systemUTC())
                .run(RootKeyCommand::progress);
        System.out.printf(
            "%,d keys lie under root key `%s` now; %,d did not open. Start with the settings of `%s`%s, and destroy the older root key with all its copies.%n",
            done.rewrapped(),
            made.id(),
            done.unopenable(),
            next,
            settings.externalDatabase().isPresent()
                ? " after `./cofferdam database install`, unless passwords of roles are in files"
                : "");
        return Main.DONE;
      }
    }
  }

  private static void progress(long done) {
    if (done > 0 && done % TELL_EVERY == 0) {
      System.err.printf("  %,d keys%n", done);
    }
  }

  /** Transactions of the owner role, on a database at this version. */
  private record OwnerOf(DatabaseSettings settings, Foundation foundation)
      implements RootKeyReplacement.Owner {
    @Override
    public <T> T transaction(Function<JdbcClient, T> work) {
      return OwnerAccess.transaction(settings, foundation.passwords(), work);
    }
  }

  private static OwnerOf database(StartSettings settings, Foundation foundation) {
    settings
        .environment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "derived", Map.of("cofferdam.database.url", foundation.databaseUrl())));
    DatabaseSettings database =
        Binder.get(settings.environment()).bind("cofferdam.database", DatabaseSettings.class).get();
    PreparedDatabase.prepare(database, foundation.passwords(), TableList.ofCofferdam());
    return new OwnerOf(database, foundation);
  }
}
