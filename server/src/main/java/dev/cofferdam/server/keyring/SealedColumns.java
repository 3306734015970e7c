package dev.cofferdam.server.keyring;

import dev.cofferdam.server.tenancy.Tenants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks through every encrypted column that there is for what {@link ColumnCipher} made, also in
 * tables that no module told of: so no key goes while something lies under it that nobody thought
 * of. In the scope of the tenant that is bound.
 */
public final class SealedColumns {
  private final JdbcClient app;

  SealedColumns(JdbcClient app) {
    this.app = app;
  }

  private record Column(String name, String counting) {}

  /** How many ciphertexts of the bound tenant lie under a key, by {@code schema.table.column}. */
  public Map<String, Long> under(KeyId key) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (Column column : columns()) {
      long count =
          app.sql(column.counting())
              .param("tenant", Tenants.current().value())
              .param("head", ColumnCells.head(key))
              .query(Long.class)
              .single();
      if (count > 0) {
        found.put(column.name(), count);
      }
    }
    return found;
  }

  /**
   * Of tables whose rows are tenants': the shared ones, and those of the bound tenant's own schema.
   * Every row of such a table names its tenant; one of a person's may name none.
   */
  private List<Column> columns() {
    return app.sql(
            """
            select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name,
                   format('select count(*) from %I.%I where tenant_id = :tenant and substring(%I from 1 for 17) = :head',
                          n.nspname, c.relname, a.attname) as counting
              from pg_attribute a
              join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' and t.attnotnull
             where a.attname like '%\\_sealed' and a.atttypid = 'bytea'::regtype and not a.attisdropped
               and (n.nspname not like 'tenant\\_%' or n.nspname = :own)
               and has_schema_privilege(n.oid, 'usage')
               and has_column_privilege(c.oid, a.attnum, 'select') and has_column_privilege(c.oid, t.attnum, 'select')
             order by 1
            """)
        .param("own", Tenants.currentScope().placement().schemaOf("keyring"))
        .query(Column.class)
        .list();
  }
}
