package dev.cofferdam.server.tenancy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * SQL over the placed tables of one module. Its texts say {@code {schema}}, and get the schema in
 * which the bound tenant's rows live: no other is ever tried. Safe for use by many threads.
 *
 * <pre>{@code
 * private static final PlacedSql LEDGER = new PlacedSql("ledger");
 * client.sql(LEDGER.of("select amount from {schema}.entry where entry_id = :id"))
 * }</pre>
 */
public final class PlacedSql {
  private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final String PLACEHOLDER = "{schema}";

  private final String module;
  // Statements of the default placement, which nearly all tenants share.
  private final Map<String, String> shared = new ConcurrentHashMap<>();

  /**
   * @param module the module whose tables the statements name
   */
  public PlacedSql(String module) {
    if (!MODULE.matcher(module).matches() || module.startsWith("tenant_")) {
      throw new IllegalArgumentException("`" + module + "` cannot be the name of a module");
    }
    this.module = module;
  }

  /**
   * The statement for the tenant that the running code is bound to.
   *
   * @param sql a constant of the program
   * @throws UnboundScopeException when no tenant is bound
   */
  public String of(String sql) {
    Placement placement = Tenants.currentScope().placement();
    return switch (placement) {
      case Placement.Shared all -> shared.computeIfAbsent(sql, text -> in(all, text));
      case Placement.OwnSchema own -> in(own, sql);
    };
  }

  private String in(Placement placement, String sql) {
    if (!sql.contains(PLACEHOLDER) || sql.contains(module + ".")) {
      throw new IllegalArgumentException(
          "a statement over placed tables names their schema as {schema} and not otherwise: "
              + sql);
    }
    return sql.replace(PLACEHOLDER, placement.schemaOf(module));
  }
}
