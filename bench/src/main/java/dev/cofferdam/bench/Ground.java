package dev.cofferdam.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.postgres.EmbeddedPostgres;
import dev.cofferdam.server.postgres.PostgresSettings;
import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.Capabilities;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.Installation;
import dev.cofferdam.server.tenancy.database.Migrations;
import dev.cofferdam.server.tenancy.database.TableList;
import dev.cofferdam.server.tenancy.driver.BoundPool;
import dev.cofferdam.server.tenancy.driver.Deadlines;
import dev.cofferdam.server.tenancy.driver.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Two databases on one embedded PostgreSQL with the same rows: one as Cofferdam installs it, one as
 * it usually is. Both are reached over as many pooled connections.
 */
final class Ground implements AutoCloseable {
  static final int TENANTS = 100;
  static final int ROWS = 1_000;

  private static final String GUARDED = "cofferdam";
  private static final String USUAL = "usual";
  private static final String FILL =
      """
      insert into %s.%s (tenant_id, id, title, body)
      select lpad(tenant::text, 32, '0')::uuid, row, 'title ' || row, repeat('x', 80)
        from generate_series(1, %d) tenant, generate_series(1, %d) row
      """;

  private final EmbeddedPostgres postgres;
  private final RootKey rootKey;
  private final BoundPool bound;
  private final HikariDataSource usual;

  private Ground(
      EmbeddedPostgres postgres, RootKey rootKey, BoundPool bound, HikariDataSource usual) {
    this.postgres = postgres;
    this.rootKey = rootKey;
    this.bound = bound;
    this.usual = usual;
  }

  /** Makes all of it in an empty directory. */
  static Ground make(Path directory, int connections, Consumer<String> progress)
      throws SQLException {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresSettings.in(directory), progress);
    RootKey rootKey = RootKey.open(directory.resolve("root.key"), RootKey.IfAbsent.CREATE);
    progress.accept("%,d rows in each of 15 tables".formatted(TENANTS * ROWS));
    DataSource owner = install(postgres, rootKey);
    JdbcTemplate filler = new JdbcTemplate(superuser(postgres, GUARDED));
    filler.execute("set role cofferdam_owner; " + generated(owner, "guarded.sql"));
    fill(filler, "bench");
    BoundPool bound = pool(postgres, rootKey, connections);
    HikariDataSource usual = usual(postgres, connections);
    new JdbcTemplate(superuser(postgres, GUARDED)).execute("vacuum analyze");
    new JdbcTemplate(superuser(postgres, USUAL)).execute("vacuum analyze");
    return new Ground(postgres, rootKey, bound, usual);
  }

  /** Makes Cofferdam's database, without rows; gives the connections of its owner. */
  static DataSource install(EmbeddedPostgres postgres, RootKey rootKey) throws SQLException {
    new Installation(superuser(postgres, "postgres"), GUARDED)
        .install(role -> rootKey.rolePassword(role.user()).toCharArray());
    DataSource owner = role(postgres, rootKey, DatabaseRole.OWNER);
    new Migrations(owner, TableList.ofCofferdam()).migrate();
    return owner;
  }

  /** Pooled connections to it whose statements are bound. */
  static BoundPool pool(EmbeddedPostgres postgres, RootKey rootKey, int connections) {
    Target target =
        new Target(
            postgres.host(),
            postgres.port(),
            GUARDED,
            DatabaseRole.APP.user(),
            null,
            Deadlines.ANSWERING,
            "bench");
    Capabilities capabilities = new Capabilities(rootKey, Clock.systemUTC());
    BoundPool pool =
        BoundPool.open(
            "bound",
            target,
            () -> rootKey.rolePassword(DatabaseRole.APP.user()),
            connections,
            Duration.ofSeconds(30),
            capabilities);
    DataSource owner = role(postgres, rootKey, DatabaseRole.OWNER);
    new BindingEpochs(owner, pool, rootKey, capabilities, Clock.systemUTC()).start();
    return pool;
  }

  private static HikariDataSource usual(EmbeddedPostgres postgres, int connections) {
    String password = "measured on loopback";
    JdbcTemplate maker = new JdbcTemplate(superuser(postgres, "postgres"));
    maker.execute("create role bench_plain login password '" + password + "'");
    // As careful with time as Cofferdam's own connections are, which costs each statement a little.
    Deadlines deadlines = Deadlines.ANSWERING;
    Map.of(
            "statement_timeout", deadlines.statement(),
            "lock_timeout", deadlines.lock(),
            "idle_in_transaction_session_timeout", deadlines.idleInTransaction(),
            "transaction_timeout", deadlines.transaction())
        .forEach(
            (setting, time) ->
                maker.execute(
                    "alter role bench_plain set %s = %d".formatted(setting, time.toMillis())));
    maker.execute("create database " + USUAL);
    DataSource superuser = superuser(postgres, USUAL);
    JdbcTemplate filler = new JdbcTemplate(superuser);
    filler.execute(generated(superuser, "usual.sql"));
    fill(filler, "plain");
    fill(filler, "usual");

    PGSimpleDataSource plain = source(postgres, USUAL, "bench_plain", password);
    HikariConfig config = new HikariConfig();
    config.setPoolName("usual");
    config.setDataSource(plain);
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  private static void fill(JdbcTemplate filler, String schema) {
    for (String table : Isolation.TABLES) {
      filler.execute(FILL.formatted(schema, table, TENANTS, ROWS));
    }
  }

  /** The statements that a script's last query gives. */
  private static String generated(DataSource source, String script) {
    JdbcTemplate jdbc = new JdbcTemplate(source);
    String text = resource(script);
    int query = text.lastIndexOf("select format(");
    return text.substring(0, query)
        + String.join("\n", jdbc.queryForList(text.substring(query).strip(), String.class));
  }

  /** Pooled connections whose statements are bound. */
  DataSource bound() {
    return bound;
  }

  /** Pooled connections to the tables {@code plain} and {@code usual}. */
  DataSource usual() {
    return usual;
  }

  /** Installs another database of Cofferdam's on the same PostgreSQL. */
  void install(String database) {
    install(postgres, rootKey, database);
  }

  private static void install(EmbeddedPostgres postgres, RootKey rootKey, String database) {
    new Installation(superuser(postgres, "postgres"), database)
        .install(role -> rootKey.rolePassword(role.user()).toCharArray());
  }

  /**
   * The whole server.
   *
   * @param database installed
   * @param folder for its mail
   * @param settings besides
   */
  House house(String database, Path folder, Map<String, Object> settings) {
    return house(postgres, rootKey, database, folder, settings);
  }

  /** The whole server, with nothing else around. */
  static House house(EmbeddedPostgres postgres, RootKey rootKey, Path folder) {
    install(postgres, rootKey, "house");
    return house(postgres, rootKey, "house", folder, Map.of());
  }

  private static House house(
      EmbeddedPostgres postgres,
      RootKey rootKey,
      String database,
      Path folder,
      Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("cofferdam.mail.folder", folder.resolve("letters").toString());
    return House.on(postgres.jdbcUrl(database), rootKey, all);
  }

  /** A superuser's connections to the usual database. */
  DataSource usualSuperuser() {
    return superuser(postgres, USUAL);
  }

  /** A superuser's connections to the guarded database, to look at plans. */
  DataSource guardedSuperuser() {
    return superuser(postgres);
  }

  /** A superuser's connections to Cofferdam's database. */
  static DataSource superuser(EmbeddedPostgres postgres) {
    return superuser(postgres, GUARDED);
  }

  private static PGSimpleDataSource superuser(EmbeddedPostgres postgres, String database) {
    return source(postgres, database, postgres.superuser().name(), postgres.superuser().password());
  }

  private static PGSimpleDataSource role(
      EmbeddedPostgres postgres, RootKey rootKey, DatabaseRole role) {
    return source(postgres, GUARDED, role.user(), rootKey.rolePassword(role.user()));
  }

  private static PGSimpleDataSource source(
      EmbeddedPostgres postgres, String database, String user, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(postgres.jdbcUrl(database));
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Ground.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the resource " + name + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    bound.close();
    usual.close();
    postgres.close();
    rootKey.close();
  }
}
