package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ready means: the database answers a bound statement, and this server follows the binding epochs.
 * Tells no cause: that is for the log.
 */
final class DatabaseHealth extends AbstractHealthIndicator {
  private static final Scope PROBE = new Scope.OfPlatform(new Purpose("readiness"));

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

  private final JdbcClient app;
  private final BindingEpochs epochs;

  DatabaseHealth(JdbcClient app, BindingEpochs epochs) {
    super("The database is not ready");
    this.app = app;
    this.epochs = epochs;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    try {
      String purpose =
          Scopes.call(
              PROBE, () -> app.sql("select tenancy.bound_purpose()").query(String.class).single());
      if (purpose.equals("readiness") && epochs.isFollowed()) {
        builder.up();
      } else {
        builder.outOfService();
      }
    } catch (DataAccessException away) {
      // Not handed on to the superclass, which would tell what it says.
      LOG.debug("The database is not ready.", away);
      builder.down();
    }
  }
}
