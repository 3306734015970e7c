package dev.cofferdam.server.keyring;

import dev.cofferdam.server.tenancy.Tenants;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One encrypted column of a table in the shared schema: {@code tenant_id}, an id of the row, and
 * what {@link ColumnCipher} made for version 1 of that row. The application role must be allowed to
 * update the column.
 */
public final class ColumnCells implements SealedCells {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)?");
  private static final UUID FIRST = new UUID(0, 0);
  private static final long ROW_VERSION = 1;

  private final JdbcClient app;
  private final ColumnCipher cipher;
  private final String table;
  private final String id;
  private final String column;
  private final String what;

  /**
   * @param table as {@code schema.table}
   * @param id the column that names the row in its tenant
   * @param column whose name ends in {@code _sealed}
   */
  public ColumnCells(
      JdbcClient app, ColumnCipher cipher, String table, String id, String column, String what) {
    for (String name : List.of(table, id, column)) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("`" + name + "` is not the name of a table or column");
      }
    }
    this.app = app;
    this.cipher = cipher;
    this.table = table;
    this.id = id;
    this.column = column;
    this.what = what;
  }

  @Override
  public KeyPurpose purpose() {
    return KeyPurpose.COLUMN;
  }

  @Override
  public String what() {
    return what;
  }

  /** As {@code schema.table.column}. */
  public String name() {
    return table + "." + column;
  }

  @Override
  public long under(KeyId key) {
    return sql("select count(*) from $table where tenant_id = :tenant and $under")
        .param("head", head(key))
        .query(Long.class)
        .single();
  }

  @Override
  public Moved move(KeyId from, @Nullable UUID after, int most) {
    List<Row> rows =
        sql("""
            select $id as id, $column as sealed from $table
             where tenant_id = :tenant and $under and $id > :after order by $id limit :most
            """)
            .param("head", head(from))
            .param("after", after == null ? FIRST : after)
            .param("most", most)
            .query(Row.class)
            .list();
    int moved = 0;
    int spoilt = 0;
    for (Row row : rows) {
      byte @Nullable [] anew =
          cipher.anew(new ColumnCipher.Cell(name(), row.id(), ROW_VERSION), row.sealed());
      if (anew == null) {
        spoilt++;
      } else {
        moved += replaced(row, anew);
      }
    }
    return new Moved(moved, spoilt, rows.size() < most ? null : rows.getLast().id());
  }

  /** Unless somebody has written another one meanwhile, which lies under the active key. */
  private int replaced(Row row, byte[] anew) {
    return sql("""
            update $table set $column = :anew
             where tenant_id = :tenant and $id = :id and $column = :sealed
            """)
        .param("anew", anew)
        .param("id", row.id())
        .param("sealed", row.sealed())
        .update();
  }

  private record Row(UUID id, byte[] sealed) {}

  private JdbcClient.StatementSpec sql(String text) {
    return app.sql(
            text.replace("$under", "substring($column from 1 for 17) = :head")
                .replace("$table", table)
                .replace("$column", column)
                .replace("$id", id))
        .param("tenant", Tenants.current().value());
  }

  static byte[] head(KeyId key) {
    return ByteBuffer.allocate(17)
        .put(ColumnCipher.FORMAT)
        .putLong(key.value().getMostSignificantBits())
        .putLong(key.value().getLeastSignificantBits())
        .array();
  }
}
