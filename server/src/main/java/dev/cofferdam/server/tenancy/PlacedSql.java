package dev.cofferdam.server.tenancy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SQL over the placed tables of one module. Its texts say {@code {schema}}, and get the schema in
 * which the bound tenant's rows live: no other is ever tried. What another module publishes of its
 * placed ones is named as {@code {module}.view}. Safe for use by many threads.
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
  private final List<String> others;
  // Statements of the default placement, which nearly all tenants share.
  private final Map<String, String> shared = new ConcurrentHashMap<>();

  /**
   * @param module the module whose tables the statements name
   * @param others modules whose published views they name too
   */
  public PlacedSql(String module, String... others) {
    this.module = checked(module);
    this.others = Stream.of(others).map(PlacedSql::checked).toList();
  }

  private static String checked(String module) {
    if (!MODULE.matcher(module).matches() || module.startsWith("tenant_")) {
      throw new IllegalArgumentException("`" + module + "` cannot be the name of a module");
    }
    return module;
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
    String placed = sql.replace(PLACEHOLDER, placement.schemaOf(module));
    for (String other : others) {
      placed = placed.replace("{" + other + "}", placement.schemaOf(other));
    }
    return placed;
  }
}
