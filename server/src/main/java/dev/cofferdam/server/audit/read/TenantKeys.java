package dev.cofferdam.server.audit.read;

import dev.cofferdam.server.audit.AuditSettings;
import dev.cofferdam.server.audit.LogId;
import dev.cofferdam.server.audit.store.Head;
import dev.cofferdam.server.audit.store.LogRows;
import dev.cofferdam.server.audit.store.PublishedKeys;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The keys that the checkpoints of the bound tenant's log are signed with. */
public final class TenantKeys {
  private final PublishedKeys keys;
  private final LogRows rows;
  private final AuditSettings settings;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public TenantKeys(PublishedKeys keys, JdbcClient app, AuditSettings settings) {
    this.keys = keys;
    this.rows = new LogRows(app);
    this.settings = settings;
  }

  /** All of them, the newest first. */
  public List<PublishedKeys.Known> history() {
    LogId log = new LogId.OfTenant(Tenants.current());
    // A log keeps the name under which it began.
    String origin = rows.head(log).map(Head::origin).orElse(settings.name() + "/" + log.name());
    return keys.history(log, origin);
  }
}
