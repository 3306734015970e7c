package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ready means: the database answers a bound statement, and this server follows the binding epochs.
 * Tells no cause: that is for the log.
 */
final class DatabaseHealth extends AbstractHealthIndicator {
  private static final Scope PROBE = new Scope.OfPlatform(new Purpose("readiness"));

  private final JdbcClient app;
  private final BindingEpochs epochs;

  DatabaseHealth(JdbcClient app, BindingEpochs epochs) {
    super("The database is not ready");
    this.app = app;
    this.epochs = epochs;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    String purpose =
        Scopes.call(
            PROBE, () -> app.sql("select tenancy.bound_purpose()").query(String.class).single());
    if (purpose.equals("readiness") && epochs.isFollowed()) {
      builder.up();
    } else {
      builder.outOfService();
    }
  }
}
