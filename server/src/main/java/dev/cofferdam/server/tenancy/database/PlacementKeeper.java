package dev.cofferdam.server.tenancy.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * After a start, brings the schemas of tenants to this server's version while others are served: a
 * tenant that is still behind is denied, not waited for.
 */
final class PlacementKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(PlacementKeeper.class);

  private final PlacedSchemas schemas;
  private volatile boolean running;

  PlacementKeeper(PlacedSchemas schemas) {
    this.schemas = schemas;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("placed-schemas").start(this::migrate);
  }

  private void migrate() {
    try {
      int behind = schemas.migrateAll(() -> running);
      if (behind > 0 && running) {
        LOG.error(
            "{} tenants cannot be entered: their schemas are behind. Correct what the log says and run `./cofferdam database migrate`.",
            behind);
      }
    } catch (RuntimeException e) {
      LOG.error("The schemas of tenants could not be migrated.", e);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
