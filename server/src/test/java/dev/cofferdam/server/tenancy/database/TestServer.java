package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.BindingKeys;
import dev.cofferdam.server.tenancy.Capabilities;
import dev.cofferdam.server.tenancy.TenantEvent;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantSchemas;
import dev.cofferdam.server.tenancy.Tenants;
import dev.cofferdam.server.tenancy.driver.BoundPool;
import dev.cofferdam.server.testing.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One server of a test's database, wired as the configuration does it, with a clock that stands.
 */
public final class TestServer implements AutoCloseable {
  public static final BindingKeys KEYS =
      epoch -> {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) epoch);
        return key;
      };

  public final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  public final List<TenantEvent> events = Collections.synchronizedList(new ArrayList<>());
  public final JdbcClient app;
  public final TransactionTemplate appTransaction;
  public final JdbcClient ops;
  public final PlacedSchemas schemas;
  public final Tenants tenants;
  public final TenantGate gate;
  private final BoundPool appPool;
  private final BoundPool opsPool;
  private volatile @Nullable RuntimeException listenerFailure;

  /** With the tables of the test's ledger, and pools of two connections. */
  public TestServer(TestDatabase database) {
    this(database, null);
  }

  /**
   * @param schemas in place of the real ones, to let them fail
   */
  public TestServer(TestDatabase database, @Nullable TenantSchemas schemas) {
    PreparedDatabase prepared =
        PreparedDatabase.prepare(
            settings(database.url()), TestDatabase.passwords(), TestDatabase.withLedger());
    Capabilities capabilities = new Capabilities(KEYS, Clock.systemUTC());
    appPool = prepared.openAppPool(capabilities);
    opsPool = prepared.openOpsPool(capabilities);
    new BindingEpochs(prepared.owner(), appPool, KEYS, capabilities, Clock.systemUTC()).start();
    app = JdbcClient.create(appPool);
    appTransaction = new TransactionTemplate(new DataSourceTransactionManager(appPool));
    ops = JdbcClient.create(opsPool);
    this.schemas = new PlacedSchemas(prepared.owner(), prepared.list());
    TenantSchemas used = schemas == null ? this.schemas : schemas;
    tenants =
        new Tenants(
            ops,
            new TransactionTemplate(new DataSourceTransactionManager(opsPool)),
            used,
            this::hear,
            clock);
    gate = new TenantGate(app, used, clock);
  }

  private void hear(Object event) {
    RuntimeException failure = listenerFailure;
    if (failure != null) {
      throw failure;
    }
    events.add((TenantEvent) event);
  }

  /** From now on whoever records events fails. */
  public void letListenersFail(@Nullable RuntimeException failure) {
    listenerFailure = failure;
  }

  static DatabaseSettings settings(String url) {
    return new DatabaseSettings(
        url,
        true,
        null,
        null,
        null,
        2,
        2,
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30),
        Duration.ofHours(24));
  }

  @Override
  public void close() {
    appPool.close();
    opsPool.close();
  }
}
