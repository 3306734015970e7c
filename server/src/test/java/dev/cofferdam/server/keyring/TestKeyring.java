package dev.cofferdam.server.keyring;

import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.Capabilities;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.SharedPostgres;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A keyring on a database, as one server has it: binds each transaction by a statement of its own.
 */
public final class TestKeyring {
  static final Scope.OfPlatform PLATFORM = (Scope.OfPlatform) KeyringStart.SCOPE;

  final RootKey root;
  final Wrapping wrapping;
  final JdbcClient jdbc;
  final TransactionOperations transactions;
  final List<Object> events = Collections.synchronizedList(new ArrayList<>());
  public final Keyring keyring;

  /** Hears each event inside its transaction. */
  Consumer<Object> heard = event -> {};

  public TestKeyring(TestDatabase database, RootKey root, Clock clock, KeyUsage... usages) {
    this.root = root;
    wrapping = new Wrapping(root);
    DataSource app = database.as(DatabaseRole.APP);
    jdbc = JdbcClient.create(app);
    Capabilities capabilities = new Capabilities(root, Clock.systemUTC());
    new BindingEpochs(database.as(DatabaseRole.OWNER), app, root, capabilities, Clock.systemUTC())
        .start();
    transactions =
        new Binding(
            new TransactionTemplate(new DataSourceTransactionManager(app)), jdbc, capabilities);
    keyring = new Keyring(jdbc, transactions, wrapping, this::hear, clock, List.of(usages));
  }

  private void hear(Object event) {
    events.add(event);
    heard.accept(event);
  }

  public static RootKey rootKey() {
    return new RootKey(SecretBytes.random(RootKey.LENGTH, new SecureRandom()));
  }

  /** Past every policy, as a superuser is. */
  static JdbcClient superuser(TestDatabase database) {
    String name =
        JdbcClient.create(database.as(DatabaseRole.APP))
            .sql("select current_database()")
            .query(String.class)
            .single();
    return JdbcClient.create(SharedPostgres.database(name));
  }

  static Scope.OfTenant tenant() {
    return new Scope.OfTenant(new TenantId(UUID.randomUUID()), new Placement.Shared());
  }

  /** Binds as the driver does, at the price of a round trip. */
  private record Binding(TransactionOperations inner, JdbcClient jdbc, Capabilities capabilities)
      implements TransactionOperations {
    @Override
    public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
      return inner.execute(
          status -> {
            jdbc.sql("select tenancy.bind(:capability)")
                .param("capability", capabilities.capability(Scopes.current().carried()))
                .query(String.class)
                .single();
            return action.doInTransaction(status);
          });
    }
  }
}
