package dev.cofferdam.server.audit.store;

import dev.cofferdam.server.audit.LogId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * SQL over the tables of one log. A text says {@code {head}}, {@code {leaf}} or {@code {node}} for
 * the table and {@code {log}} for the condition, and stands for a tenant's log and for the
 * platform's.
 */
public final class LogTables {
  private final JdbcClient app;

  /**
   * @param app runs as {@code cofferdam_app}
   */
  public LogTables(JdbcClient app) {
    this.app = app;
  }

  /**
   * The statement for {@code log}, whose scope must be bound where it runs.
   *
   * @param sql a constant of the program
   */
  public JdbcClient.StatementSpec sql(LogId log, String sql) {
    return switch (log) {
      case LogId.OfTenant tenant ->
          app.sql(in(sql, "audit.", "tenant_id = :tenant")).param("tenant", tenant.key());
      case LogId.OfPlatform platform -> app.sql(in(sql, "audit.platform_", "true"));
    };
  }

  private static String in(String sql, String prefix, String condition) {
    return sql.replace("{head}", prefix + "head")
        .replace("{leaf}", prefix + "leaf")
        .replace("{node}", prefix + "node")
        .replace("{log}", condition);
  }
}
