package dev.cofferdam.server.launch;

import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.keyring.RootKeyOfDatabase;
import dev.cofferdam.server.keyring.RootKeySource;
import dev.cofferdam.server.postgres.DataDirectory;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.RolePasswords;
import dev.cofferdam.server.tenancy.database.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.support.GenericApplicationContext;

/**
 * What the server stands on: the data directory with its log, the root key, and a PostgreSQL that
 * has what only a superuser can put into it. Opened before the framework starts, closed after it
 * has stopped.
 */
final class Foundation implements AutoCloseable {
  /** The name of the database in the embedded PostgreSQL. */
  static final String DATABASE = "cofferdam";

  private final RootKey rootKey;
  private final Optional<EmbeddedPostgres> postgres;
  private final String databaseUrl;

  private Foundation(RootKey rootKey, Optional<EmbeddedPostgres> postgres, String databaseUrl) {
    this.rootKey = rootKey;
    this.postgres = postgres;
    this.databaseUrl = databaseUrl;
  }

  /**
   * Opens it, in the order in which one part needs the other.
   *
   * @param progress hears a line for each step that takes time
   */
  static Foundation open(StartSettings settings, Logs logs, Consumer<String> progress) {
    DataDirectory.prepare(settings.data());
    openLog(settings, logs);
    if (settings.externalDatabase().isPresent()) {
      RootKey rootKey =
          ExternalRootKey.awaited(settings)
              ? made(settings.rootKey(), progress)
              : RootKey.open(settings.rootKey(), RootKey.IfAbsent.REFUSE);
      return new Foundation(rootKey, Optional.empty(), settings.externalDatabase().get());
    }
    return embedded(settings, progress);
  }

  /**
   * What is needed to look at the database, beside a running server or without one: its PostgreSQL
   * is used when it runs, and started when it does not.
   */
  static Foundation attach(StartSettings settings, Logs logs, Consumer<String> progress) {
    OptionalInt port =
        settings.externalDatabase().isPresent()
            ? OptionalInt.empty()
            : EmbeddedPostgres.running(settings.embeddedPostgres());
    if (port.isEmpty()) {
      return open(settings, logs, progress);
    }
    RootKey rootKey = RootKey.open(settings.rootKey(), RootKey.IfAbsent.REFUSE);
    return new Foundation(
        rootKey,
        Optional.empty(),
        "jdbc:postgresql://127.0.0.1:" + port.getAsInt() + "/" + DATABASE);
  }

  static Foundation embedded(StartSettings settings, Consumer<String> progress) {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(settings.embeddedPostgres(), progress);
    boolean opened = false;
    try {
      RootKey rootKey = install(settings, superuser(postgres), DATABASE, progress);
      opened = true;
      return new Foundation(rootKey, Optional.of(postgres), postgres.jdbcUrl(DATABASE));
    } finally {
      if (!opened) {
        postgres.close();
      }
    }
  }

  /** Puts into a PostgreSQL what only its superuser can, under the root key that is returned. */
  static RootKey install(
      StartSettings settings,
      PGSimpleDataSource superuser,
      String database,
      Consumer<String> progress) {
    RootKey rootKey = rootKey(settings.rootKey(), superuser, database, progress);
    boolean installed = false;
    try {
      // INVARIANT: passwords are set only under the database's own root key. Set under another one,
      // they would lock out every server that runs.
      RootKeyOfDatabase.requireSame(rootKey.id(), superuser, database);
      new Installation(superuser, database).install(passwords(rootKey));
      installed = true;
      return rootKey;
    } finally {
      if (!installed) {
        rootKey.close();
      }
    }
  }

  /**
   * INVARIANT: a root key is made only where there is no database yet that an older one may have
   * sealed things in. Asking the database itself, and not whether this is a first start, lets a
   * first start that was interrupted be repeated.
   */
  private static RootKey rootKey(
      RootKeySource source,
      PGSimpleDataSource superuser,
      String database,
      Consumer<String> progress) {
    if (source.isThere() || installed(superuser, database)) {
      return RootKey.open(source, RootKey.IfAbsent.REFUSE);
    }
    return made(source, progress);
  }

  private static RootKey made(RootKeySource source, Consumer<String> progress) {
    RootKey made = RootKey.open(source, RootKey.IfAbsent.CREATE);
    progress.accept(
        "Root key: made in %s; keep a copy of it elsewhere".formatted(source.described()));
    return made;
  }

  private static boolean installed(PGSimpleDataSource superuser, String database) {
    try (Connection connection = superuser.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select exists (select from pg_database where datname = ?)")) {
      query.setString(1, database);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new DatabaseRefusedException(
          "PostgreSQL gives the superuser no connection: " + e.getMessage() + ".", e);
    }
  }

  private static PGSimpleDataSource superuser(EmbeddedPostgres postgres) {
    PGSimpleDataSource superuser = new PGSimpleDataSource();
    superuser.setURL(postgres.jdbcUrl("postgres"));
    superuser.setUser(postgres.superuser().name());
    superuser.setPassword(postgres.superuser().password());
    return superuser;
  }

  private static RolePasswords passwords(RootKey rootKey) {
    return role -> rootKey.rolePassword(role.user()).toCharArray();
  }

  private static void openLog(StartSettings settings, Logs logs) {
    try {
      logs.alsoTo(settings.log());
      logs.levels(settings.logLevels());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RootKey rootKey() {
    return rootKey;
  }

  RolePasswords passwords() {
    return passwords(rootKey);
  }

  /** Empty when the database is the operator's own. */
  Optional<EmbeddedPostgres> postgres() {
    return postgres;
  }

  /** Without user or password. */
  String databaseUrl() {
    return databaseUrl;
  }

  /** Gives the framework what stands here already, for as long as it runs. */
  void lendTo(GenericApplicationContext context) {
    context.registerBean(RootKey.class, this::rootKey, Foundation::closedHere);
    context.registerBean(RolePasswords.class, this::passwords);
    postgres.ifPresent(
        running ->
            context.registerBean(EmbeddedPostgres.class, () -> running, Foundation::closedHere));
  }

  /**
   * What was opened before the framework is closed after it. By the empty name nothing is called;
   * without a name, whatever can be closed would be.
   */
  private static void closedHere(BeanDefinition bean) {
    bean.setDestroyMethodName("");
  }

  @Override
  public void close() {
    try {
      postgres.ifPresent(EmbeddedPostgres::close);
    } finally {
      rootKey.close();
    }
  }
}
