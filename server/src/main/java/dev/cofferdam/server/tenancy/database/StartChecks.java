package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.Finding.Rule;
import dev.cofferdam.server.tenancy.database.TableList.ListedFunction;
import dev.cofferdam.server.tenancy.database.TableList.ListedModule;
import dev.cofferdam.server.tenancy.database.TableList.ListedTable;
import dev.cofferdam.server.tenancy.database.TableList.ListedView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Looks whether the database still gives what isolation stands on, before anything is served from
 * it. The rules are SQL over the catalog, in {@code checks_*.sql}; all findings are reported at
 * once, the first few by sentence.
 */
final class StartChecks {
  private static final int NAMED = 5;

  private final JdbcClient owner;
  private final TableList list;

  /**
   * @param owner connections that may read the whole catalog
   */
  StartChecks(DataSource owner, TableList list) {
    this.owner = JdbcClient.create(owner);
    this.list = list;
  }

  /**
   * Refuses unless there is nothing to find.
   *
   * @throws DatabaseRefusedException naming what was found
   */
  void require() {
    List<Finding> findings = findings();
    if (findings.isEmpty()) {
      return;
    }
    String named =
        findings.stream().limit(NAMED).map(Finding::sentence).collect(Collectors.joining("; "));
    String more =
        findings.size() > NAMED ? " (and %d more)".formatted(findings.size() - NAMED) : "";
    throw new DatabaseRefusedException(
        "The database does not keep tenants apart as it must: %s%s. %s"
            .formatted(named, more, advice(findings)));
  }

  private static String advice(List<Finding> findings) {
    return findings.stream().allMatch(finding -> finding.rule().compareTo(Rule.LANGUAGE) <= 0)
        ? "Run `./cofferdam database install` as a superuser, which sets roles and rights back."
        : "Undo the change, or list the object in the list of tables when it is meant to be there.";
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(
        read(
            owner.sql(
                SqlResource.read("checks_roles.sql")
                    .replace("{denied_functions}", SqlResource.read("denied_functions.sql"))
                    .replace("{denied_relations}", SqlResource.read("denied_relations.sql")))));
    findings.addAll(read(tables()));
    findings.addAll(read(functions()));
    findings.sort(Comparator.comparing(Finding::rule).thenComparing(Finding::sentence));
    return findings;
  }

  private static List<Finding> read(JdbcClient.StatementSpec statement) {
    return statement
        .query((row, number) -> new Finding(Rule.valueOf(row.getString(1)), row.getString(2)))
        .list();
  }

  private JdbcClient.StatementSpec tables() {
    return owner
        .sql(SqlResource.read("checks_tables.sql"))
        .param("schemas", texts(list.modules().stream().map(ListedModule::name).toList()))
        .param("tables", texts(list.tables().stream().map(ListedTable::name).toList()))
        .param("kinds", texts(list.tables().stream().map(table -> table.kind().name()).toList()))
        .param(
            "purposes",
            texts(
                list.tables().stream()
                    .map(table -> "{" + String.join(",", table.purposes()) + "}")
                    .toList()))
        .param("views", texts(list.views().stream().map(ListedView::name).toList()))
        .param("readers", texts(list.views().stream().map(view -> users(view.readers())).toList()));
  }

  private JdbcClient.StatementSpec functions() {
    return owner
        .sql(SqlResource.read("checks_functions.sql"))
        .param(
            "functions", texts(list.functions().stream().map(ListedFunction::signature).toList()))
        .param(
            "callers",
            texts(list.functions().stream().map(function -> users(function.callers())).toList()));
  }

  private static String users(Set<DatabaseRole> roles) {
    return roles.stream()
        .map(DatabaseRole::user)
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String[] texts(List<String> values) {
    return values.toArray(String[]::new);
  }
}
