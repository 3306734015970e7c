package dev.cofferdam.server.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.tenancy.Ops;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantCreation;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The whole server in this JVM, as it ships, on a migrated database of its own, with both ports
 * open: what a test of any module needs from the modules below it. Declare it in a static field:
 *
 * <pre>{@code
 * @RegisterExtension static final RunningServer SERVER = RunningServer.shared();
 * private final Scope.OfTenant tenant = SERVER.newTenant();
 * }</pre>
 *
 * <p>{@link #shared()} is started once a JVM and costs a test class nothing. A test on it makes its
 * own tenants and persons, never counts what others may have written, and harms nothing: no
 * connection cut, no table locked, no component stopped. Whoever must do harm, or needs other
 * settings or beans, takes {@link #own}, which costs a second and a half.
 *
 * <p>Time is the system's here, since the database compares with its own clock. Logic that depends
 * on time is tested on objects that the test makes itself, with a {@link MovableClock}.
 */
public final class RunningServer implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RunningServer.class);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final boolean shared;
  private final List<String> settings;
  private final Consumer<GenericApplicationContext> beans;
  private final @Nullable RunningServer first;
  private volatile @Nullable StartedServer started;

  private RunningServer(
      boolean shared,
      List<String> settings,
      Consumer<GenericApplicationContext> beans,
      @Nullable RunningServer first) {
    this.first = first;
    this.shared = shared;
    this.settings = settings;
    this.beans = beans;
  }

  /**
   * The one that all tests of this JVM have in common, with default settings but for limits: they
   * are so wide that all these tests together, from one address and as the same few people, never
   * reach one.
   */
  public static RunningServer shared() {
    return new RunningServer(true, WideLimits.all(), context -> {}, null);
  }

  /**
   * One for this class alone, ended after it.
   *
   * @param settings each as {@code name=value}
   */
  public static RunningServer own(String... settings) {
    return new RunningServer(false, List.of(settings), context -> {}, null);
  }

  /**
   * One for this class alone, with beans that the test plants before the server's own are defined:
   * handlers, listeners, or a replacement for a bean that is {@code @ConditionalOnMissingBean}.
   */
  public static RunningServer own(Consumer<GenericApplicationContext> beans, String... settings) {
    return new RunningServer(false, List.of(settings), beans, null);
  }

  /**
   * One more server of the same database, for this class alone. Declared behind {@code first}, so
   * that it starts after it.
   */
  public static RunningServer besides(RunningServer first) {
    return new RunningServer(false, List.of(), context -> {}, first);
  }

  /**
   * One without a test around it, or on a PostgreSQL that may be stopped: on a database that is
   * installed with the passwords of {@link TestDatabase}. Whoever starts it closes it.
   */
  public static ConfigurableApplicationContext on(
      String databaseUrl, RootKey rootKey, String... settings) {
    return on(databaseUrl, rootKey, context -> {}, settings);
  }

  /** The same with beans that are planted, as in {@link #own}. */
  public static ConfigurableApplicationContext on(
      String databaseUrl,
      RootKey rootKey,
      Consumer<GenericApplicationContext> beans,
      String... settings) {
    return StartedServer.run(databaseUrl, rootKey, List.of(settings), beans);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // The store ends what it holds: with this class, or with the JVM's last. What is kept at the
    // root of a run would be ended with each class too, since Surefire makes a run of each.
    ExtensionContext.Store store =
        context.getStore(
            shared ? StoreScope.LAUNCHER_SESSION : StoreScope.EXTENSION_CONTEXT, NAMESPACE);
    started =
        store.computeIfAbsent(
            shared ? "shared" : this,
            absent ->
                first == null ? StartedServer.start(settings, beans) : first.started().second(),
            StartedServer.class);
  }

  private StartedServer started() {
    return Objects.requireNonNull(started, "declare it as a static @RegisterExtension field");
  }

  /** A new tenant that is open for work, its rows in the shared tables. */
  public Scope.OfTenant newTenant() {
    return newTenant(WantedPlacement.SHARED);
  }

  /** A new tenant that is open for work. */
  public Scope.OfTenant newTenant(WantedPlacement placement) {
    TenantId id = new TenantId(UUID.randomUUID());
    TenantCreation creation =
        bean(Tenants.class).create(id, "t" + Scope.hex(id.value()), "A tenant", placement);
    if (!(creation instanceof TenantCreation.Created)) {
      throw new AssertionError("no tenant was made, but " + creation);
    }
    return ((TenantEntry.Entered) bean(TenantGate.class).enter(id)).scope();
  }

  /** The one bean of this type. */
  public <T> T bean(Class<T> type) {
    return started().context().getBean(type);
  }

  /** All beans of this type. */
  public <T> Collection<T> beans(Class<T> type) {
    return started().context().getBeansOfType(type).values();
  }

  /** The bean of this type that works as {@code cofferdam_ops}. */
  public <T> T opsBean(Class<T> type) {
    for (String name : started().context().getBeanNamesForType(type)) {
      if (started().context().findAnnotationOnBean(name, Ops.class) != null) {
        return started().context().getBean(name, type);
      }
    }
    throw new AssertionError("no " + type.getSimpleName() + " works as cofferdam_ops");
  }

  /** Statements of {@code cofferdam_app}, under whatever scope the test has entered. */
  public JdbcClient app() {
    return bean(JdbcClient.class);
  }

  /** The connections that {@link #app()} works on. */
  public HikariDataSource pool() {
    return (HikariDataSource) bean(DataSource.class);
  }

  /** Transactions of {@link #app()}. */
  public TransactionOperations transactions() {
    return bean(TransactionOperations.class);
  }

  /** Past every policy, to look or to tamper as somebody who has the whole database. */
  public JdbcClient superuser() {
    return JdbcClient.create(database().superuser());
  }

  public TestDatabase database() {
    return started().database();
  }

  /** The address of a path on the public port. */
  public URI uri(String path) {
    return started().address("local.server.port", path);
  }

  /** The address of a path on the management port. */
  public URI managementUri(String path) {
    return started().address("local.management.port", path);
  }

  /** What the management port shows to whoever watches. */
  public String metrics() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(managementUri("/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** A request to the public port, to be completed with method, headers and body. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }
}
