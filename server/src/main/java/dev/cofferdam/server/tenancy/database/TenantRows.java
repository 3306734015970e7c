package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.TenantData;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.database.TableList.ListedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deletes a tenant's rows as the owner role, by the checked list: a table that is not listed stops
 * the start, so none is forgotten. In portions, each a transaction of its own.
 */
final class TenantRows implements TenantData {
  private static final int PORTION = 5_000;

  /** Of one call, so that a large tenant does not keep a connection for long. */
  private static final int PORTIONS = 40;

  private final DataSource owner;
  private final List<ListedTable> tables;

  /**
   * A table with rows of tenants.
   *
   * @param condition on its rows, with one parameter
   */
  private record Place(String table, String condition, Object value) {}

  TenantRows(DataSource owner, TableList list) {
    this.owner = owner;
    this.tables =
        list.tables().stream()
            .filter(
                table ->
                    table.kind() == TableKind.TENANT && !table.kept() || table.column() != null)
            .toList();
  }

  @Override
  public long erase(TenantId tenant) {
    List<Place> places = OwnerWork.returning(owner, template -> places(tenant, template));
    long found = 0;
    int portions = 0;
    for (int at = 0; at < places.size() && portions < PORTIONS; portions++) {
      Place place = places.get(at);
      int rows = OwnerWork.returning(owner, template -> portion(tenant, place, template));
      found += rows;
      at += rows < PORTION ? 1 : 0;
    }
    return found;
  }

  private int portion(TenantId tenant, Place place, JdbcTemplate template) {
    // Of two servers that do this at once the second waits for each portion, and finds less.
    template.query(
        "select pg_advisory_xact_lock(hashtextextended('cofferdam erase ' || ?, 0))",
        row -> {},
        tenant.toString());
    requireDeleting(tenant, template);
    return template.update(
        "delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s limit %3$d))"
            .formatted(place.table(), place.condition(), PORTION),
        place.value());
  }

  private static void requireDeleting(TenantId tenant, JdbcTemplate template) {
    List<String> state =
        template.queryForList(
            "select state from tenancy.tenant where tenant_id = ? for share",
            String.class,
            tenant.value());
    if (!state.equals(List.of("deleting"))) {
      throw new DatabaseRefusedException("Tenant " + tenant + " is not being deleted.");
    }
  }

  /** Where rows of the tenant may be; what refers to others before what it refers to. */
  private List<Place> places(TenantId tenant, JdbcTemplate template) {
    String own = new Placement.OwnSchema(tenant).schemaOf("");
    boolean placed =
        Boolean.TRUE.equals(
            template.queryForObject("select to_regnamespace(?) is not null", Boolean.class, own));
    List<Place> places = new ArrayList<>();
    for (ListedTable table : ordered(template)) {
      if (table.column() == null) {
        places.add(new Place(table.name(), "tenant_id = ?", tenant.value()));
        if (placed && table.placed()) {
          String name = own + table.name().substring(table.name().indexOf('.'));
          places.add(new Place(name, "tenant_id = ?", tenant.value()));
        }
      } else {
        String scope = new Scope.OfTenant(tenant, new Placement.Shared()).carried();
        places.add(
            new Place(
                table.name(),
                table.column() + "::text in (?::text, '" + tenant.value() + "')",
                scope));
      }
    }
    return places;
  }

  private List<ListedTable> ordered(JdbcTemplate template) {
    Set<String> names = tables.stream().map(ListedTable::name).collect(Collectors.toSet());
    // By name of a table: the tables that refer to it.
    Map<String, Set<String>> referring =
        template
            .query(
                """
                select to_n.nspname || '.' || to_c.relname, from_n.nspname || '.' || from_c.relname
                  from pg_constraint f
                  join pg_class to_c on to_c.oid = f.confrelid join pg_namespace to_n on to_n.oid = to_c.relnamespace
                  join pg_class from_c on from_c.oid = f.conrelid
                  join pg_namespace from_n on from_n.oid = from_c.relnamespace
                 where f.contype = 'f' and f.confrelid <> f.conrelid
                """,
                (row, number) -> Map.entry(row.getString(1), row.getString(2)))
            .stream()
            .filter(pair -> names.contains(pair.getKey()) && names.contains(pair.getValue()))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    List<ListedTable> ordered = new ArrayList<>();
    List<ListedTable> left = new ArrayList<>(tables);
    while (!left.isEmpty()) {
      Set<String> waiting = left.stream().map(ListedTable::name).collect(Collectors.toSet());
      List<ListedTable> next =
          left.stream()
              .filter(
                  table ->
                      referring.getOrDefault(table.name(), Set.of()).stream()
                          .noneMatch(waiting::contains))
              .toList();
      if (next.isEmpty()) {
        throw new DatabaseRefusedException(
            "The tables `" + waiting + "` refer to each other: a tenant's rows have no order.");
      }
      ordered.addAll(next);
      left.removeAll(next);
    }
    return ordered;
  }
}
