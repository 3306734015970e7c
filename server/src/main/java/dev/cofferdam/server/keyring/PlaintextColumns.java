package dev.cofferdam.server.keyring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds columns whose name and type are those of a secret in clear. A secret is stored as a hash,
 * wrapped or sealed, and its column says so at the end of its name; what must stand otherwise is in
 * a reviewed list, with its reason.
 *
 * <p>It reads names: it catches what is added without a thought, not what is hidden on purpose.
 */
final class PlaintextColumns {
  private static final Pattern SECRET =
      Pattern.compile(
          "password|passwd|passphrase|secret|token|credential|cookie|private|api_?key|"
              + "(^|_)(key|keys|pad|pads|seed|salt|pin|otp|totp|jwt|bearer|dek|kek)(_|$)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern KEPT_SAFELY =
      Pattern.compile(
          ".*(_hash|_wrapped|_sealed|_public|_id|_ids|_at|_since|_count|_version|_state|_kind|_name)");
  private static final String LIST = "plaintext-columns";

  private final Map<String, String> reviewed;

  /**
   * @param reviewed reasons by column, as {@code schema.table.column}
   */
  PlaintextColumns(Map<String, String> reviewed) {
    this.reviewed = Map.copyOf(reviewed);
  }

  /** With the reviewed list of Cofferdam. */
  static PlaintextColumns ofCofferdam() {
    try (InputStream in = PlaintextColumns.class.getResourceAsStream(LIST)) {
      if (in == null) {
        throw new IllegalStateException("the list `" + LIST + "` is missing from the archive");
      }
      return new PlaintextColumns(read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reviewed columns. */
  Map<String, String> reviewed() {
    return reviewed;
  }

  /** Columns that look like a secret in clear and are not in the reviewed list, sorted. */
  List<String> found(JdbcClient jdbc) {
    return suspects(jdbc).stream().filter(column -> !reviewed.containsKey(column)).toList();
  }

  /** All columns that look like a secret in clear, sorted. */
  List<String> suspects(JdbcClient jdbc) {
    return columns(jdbc).stream().filter(PlaintextColumns::suspicious).toList();
  }

  /**
   * Refuses a database that has such columns.
   *
   * @throws KeyringRefusedException naming them
   */
  void check(JdbcClient jdbc) {
    List<String> found = found(jdbc);
    if (!found.isEmpty()) {
      throw new KeyringRefusedException(
          "the database has columns fit for secrets in clear: `"
              + String.join("`, `", found)
              + "`. Drop them, or run the server that they were made by.");
    }
  }

  private static boolean suspicious(String column) {
    String name = column.substring(column.lastIndexOf('.') + 1);
    return SECRET.matcher(name).find() && !KEPT_SAFELY.matcher(name).matches();
  }

  /** Tables of our own whose type can hold a secret: text, bytes, documents, and arrays of them. */
  private static List<String> columns(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select n.nspname || '.' || c.relname || '.' || a.attname
              from pg_catalog.pg_attribute a
              join pg_catalog.pg_class c on c.oid = a.attrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_type t on t.oid = a.atttypid
              left join pg_catalog.pg_type e on e.oid = t.typelem and t.typcategory = 'A'
             where c.relkind in ('r', 'p', 'm', 'f')
               and a.attnum > 0
               and not a.attisdropped
               and n.nspname not like 'pg\\_%'
               and n.nspname <> 'information_schema'
               and coalesce(e.typname, t.typname)
                   not in ('bool', 'int2', 'int4', 'int8', 'float4', 'float8', 'numeric', 'uuid', 'oid',
                           'date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval', 'inet', 'cidr')
             order by 1
            """)
        .query(String.class)
        .list();
  }

  private static Map<String, String> read(String text) {
    Map<String, String> reasons = new LinkedHashMap<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(
            line -> {
              String[] parts = line.split("\\s+", 2);
              if (parts.length < 2 || reasons.put(parts[0], parts[1]) != null) {
                throw new IllegalArgumentException(
                    "`" + line + "` needs one column and a reason, once");
              }
            });
    return reasons;
  }
}
