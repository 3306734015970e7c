package dev.cofferdam.review.web;

import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What stands in the tables of a clone, table by table, as digests: two of them tell whether
 * anything was made, changed or taken away in between, also where nobody would look. Left out is
 * what a refusal may leave behind: records, and when a session was last seen; and letters that
 * wait, which are sent meanwhile.
 */
public record Snapshot(Map<String, String> tables) {
  private static final String LISTED =
      """
      select n.nspname || '.' || quote_ident(c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and n.nspname <> 'audit'
         and c.relname not in ('schema_history', 'pending_sign_in', 'binding_key', 'emergency_letter')
      """;

  public Snapshot {
    tables = Map.copyOf(tables);
  }

  /** Looks. */
  public static Snapshot of(Session superuser) {
    List<String> each = new ArrayList<>();
    for (List<?> row : rows(superuser.must(LISTED))) {
      each.add(
          "select '%1$s', count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t) - 'seen_at')::text, 0)), 0) from %1$s t"
              .formatted(row.getFirst()));
    }
    Map<String, String> tables = new HashMap<>();
    for (List<?> row : rows(superuser.must(String.join(" union all ", each)))) {
      tables.put(String.valueOf(row.get(0)), String.valueOf(row.get(1)));
    }
    return new Snapshot(tables);
  }

  private static List<? extends List<?>> rows(Answer answer) {
    return answer instanceof Answer.Rows(var rows) ? rows : List.of();
  }

  /** The tables that are not as they were. */
  public List<String> changedSince(Snapshot before) {
    TreeSet<String> changed = new TreeSet<>(tables.keySet());
    changed.addAll(before.tables.keySet());
    changed.removeIf(table -> String.valueOf(tables.get(table)).equals(before.tables.get(table)));
    return List.copyOf(changed);
  }
}
