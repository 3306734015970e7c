package dev.cofferdam.server.launch;

import dev.cofferdam.server.edge.EdgeSettings;
import dev.cofferdam.server.edge.tls.TlsSettings;
import dev.cofferdam.server.keyring.KeyringSettings;
import dev.cofferdam.server.keyring.RootKeySource;
import dev.cofferdam.server.keyring.TransitSettings;
import dev.cofferdam.server.launch.http.HttpSettings;
import dev.cofferdam.server.launch.http.ManagementSettings;
import dev.cofferdam.server.launch.settings.DataSettings;
import dev.cofferdam.server.launch.settings.EmbeddedPostgresSettings;
import dev.cofferdam.server.launch.settings.SettingsEnvironment;
import dev.cofferdam.server.postgres.PostgresSettings;
import dev.cofferdam.server.tenancy.database.DatabaseSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;

/**
 * The settings that are needed before the framework starts, and the environment that holds all of
 * them.
 *
 * @param externalDatabase the address of a PostgreSQL of the operator's own; empty for the embedded
 *     one
 */
record StartSettings(
    SettingsEnvironment environment,
    Path data,
    EmbeddedPostgresSettings postgres,
    KeyringSettings keyring,
    TransitSettings transit,
    HttpSettings http,
    ManagementSettings management,
    EdgeSettings edge,
    TlsSettings tls,
    LogLevels logLevels,
    Optional<String> externalDatabase) {

  StartSettings {
    requireEncrypted(tls, http, management);
    // Before anything is touched: it comes from one place.
    RootKeySource.of(keyring, transit, data);
  }

  /** Before anything is touched; the ports look at it again. */
  private static void requireEncrypted(
      TlsSettings tls, HttpSettings http, ManagementSettings management) {
    tls.requirePublic(http.address());
    tls.requireManagement(management.address());
  }

  static StartSettings of(SettingsEnvironment environment) {
    Binder binder = Binder.get(environment);
    return new StartSettings(
        environment,
        bound(binder, DataSettings.class).data(),
        bound(binder, EmbeddedPostgresSettings.class),
        bound(binder, KeyringSettings.class),
        bound(binder, TransitSettings.class),
        bound(binder, HttpSettings.class),
        bound(binder, ManagementSettings.class),
        bound(binder, EdgeSettings.class),
        bound(binder, TlsSettings.class),
        LogLevels.of(
            binder
                .bind("logging.level", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())),
        externalDatabase(environment, binder));
  }

  /** Bound whole, so that a wrong address is refused before anything is touched. */
  private static Optional<String> externalDatabase(SettingsEnvironment environment, Binder binder) {
    String url = environment.getProperty("cofferdam.database.url");
    if (url != null) {
      bound(binder, DatabaseSettings.class);
    }
    return Optional.ofNullable(url);
  }

  private static <T> T bound(Binder binder, Class<T> type) {
    return binder.bindOrCreate(prefix(type), Bindable.of(type));
  }

  private static String prefix(Class<?> type) {
    ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type + " holds no settings");
    }
    return annotation.value();
  }

  PostgresSettings embeddedPostgres() {
    Integer port = postgres.port();
    return new PostgresSettings(
        data,
        port == null ? OptionalInt.empty() : OptionalInt.of(port),
        Optional.ofNullable(postgres.binaries()));
  }

  /** Has the mirror and letters in the data directory where the operator names no other place. */
  void foldersUsually() {
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "usual",
                Map.of(
                    "cofferdam.audit.mirror.directory", data.resolve("mirror").toString(),
                    "cofferdam.mail.folder", data.resolve("mail").toString())));
  }

  /** Where the root key comes from. */
  RootKeySource rootKey() {
    return RootKeySource.of(keyring, transit, data);
  }

  Path log() {
    return data.resolve("logs").resolve("cofferdam.log");
  }
}
