package dev.cofferdam.bench;

import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the binding costs: the same statement on unprotected tables ({@code plain}), with row
 * security over a setting that each transaction sets first ({@code usual}), and bound ({@code
 * bound}).
 */
final class Isolation {
  static final List<String> TABLES = List.of("document", "folder", "label", "revision", "author");

  /** As the tables were filled: the number in 32 digits. */
  private static final List<Scope.OfTenant> SCOPES =
      IntStream.rangeClosed(1, Ground.TENANTS)
          .mapToObj(number -> "00000000-0000-0000-0000-%012d".formatted(number))
          .map(id -> new Scope.OfTenant(new TenantId(UUID.fromString(id)), new Placement.Shared()))
          .toList();

  private static final String LIST_PLAIN =
      "select title, body from plain.document where tenant_id = ? and id between ? and ?";
  private static final String LIST_BOUND =
      "select title, body from bench.document where id between ? and ?";
  private static final int LISTED = 500;

  private final JdbcClient plain;
  private final JdbcClient bound;
  private final TransactionOperations plainTransactions;
  private final TransactionOperations boundTransactions;
  private final Ground ground;

  private record Document(String title, String body) {}

  Isolation(Ground ground) {
    this.ground = ground;
    this.plain = JdbcClient.create(ground.usual());
    this.bound = JdbcClient.create(ground.bound());
    this.plainTransactions = transactions(ground.usual());
    this.boundTransactions = transactions(ground.bound());
  }

  private static TransactionOperations transactions(DataSource source) {
    return new TransactionTemplate(new DataSourceTransactionManager(source));
  }

  List<Contest> contests() {
    return List.of(pointRead(), join(), list(), twoReads(), update());
  }

  private Contest pointRead() {
    return new Contest(
        "point read",
        Ground.ROWS,
        List.of(
            new Contender("plain", this::readPlain),
            new Contender("usual", item -> usually(item, () -> readUsual(item))),
            bound("bound", this::readBound)),
        List.of(
            Bar.ratio("bound point read against usual", "bound", "usual", 1.2, 1.7),
            Bar.ratio("bound point read against plain", "bound", "plain", 0.5, 0.7)));
  }

  private Contest join() {
    String joinPlain = join("plain", " and %s.tenant_id = a.tenant_id") + " and a.tenant_id = ?";
    String joinBound = join("bench", "");
    return new Contest(
        "join of five tables",
        Ground.ROWS,
        List.of(
            new Contender(
                "plain",
                item ->
                    plain.sql(joinPlain).params(item, tenant(item)).query(Document.class).single()),
            bound(
                "bound", item -> bound.sql(joinBound).param(item).query(Document.class).single())),
        List.of(Bar.ratio("bound join of five against plain", "bound", "plain", 0.3, 0.6)));
  }

  private static String join(String schema, String sameTenant) {
    var sql = new StringBuilder("select a.title, e.body from " + schema + ".document a");
    char alias = 'b';
    for (String table : TABLES.subList(1, TABLES.size())) {
      sql.append(" join %s.%s %s on %s.id = a.id".formatted(schema, table, alias, alias))
          .append(sameTenant.formatted(alias));
      alias++;
    }
    return sql.append(" where a.id = ?").toString();
  }

  private Contest list() {
    return new Contest(
        "list of 500 rows",
        Ground.ROWS - LISTED,
        List.of(
            new Contender(
                "plain",
                item ->
                    plain
                        .sql(LIST_PLAIN)
                        .params(tenant(item), item, item + LISTED - 1)
                        .query(Document.class)
                        .list()),
            bound(
                "bound",
                item ->
                    bound
                        .sql(LIST_BOUND)
                        .params(item, item + LISTED - 1)
                        .query(Document.class)
                        .list())),
        List.of(Bar.ratio("bound list of 500 rows against plain", "bound", "plain", 0.9, 0.97)));
  }

  private Contest twoReads() {
    return new Contest(
        "transaction of two reads",
        Ground.ROWS,
        List.of(
            new Contender(
                "plain",
                item ->
                    plainTransactions.executeWithoutResult(
                        status -> {
                          readPlain(item);
                          readPlain(Ground.ROWS + 1 - item);
                        })),
            new Contender(
                "usual",
                item ->
                    usually(
                        item,
                        () -> {
                          readUsual(item);
                          readUsual(Ground.ROWS + 1 - item);
                        })),
            bound(
                "bound",
                item ->
                    boundTransactions.executeWithoutResult(
                        status -> {
                          readBound(item);
                          readBound(Ground.ROWS + 1 - item);
                        }))),
        List.of());
  }

  private Contest update() {
    return new Contest(
        "update",
        Ground.ROWS,
        List.of(
            new Contender(
                "plain",
                item ->
                    plain
                        .sql("update plain.label set title = ? where tenant_id = ? and id = ?")
                        .params("changed", tenant(item), item)
                        .update()),
            new Contender(
                "usual",
                item ->
                    usually(
                        item,
                        () ->
                            plain
                                .sql("update usual.label set title = ? where id = ?")
                                .params("changed", item)
                                .update())),
            bound(
                "bound",
                item ->
                    bound
                        .sql("update bench.label set title = ? where id = ?")
                        .params("changed", item)
                        .update())),
        List.of());
  }

  private void readPlain(int item) {
    plain
        .sql("select title, body from plain.document where tenant_id = ? and id = ?")
        .params(tenant(item), item)
        .query(Document.class)
        .single();
  }

  private void readUsual(int item) {
    plain
        .sql("select title, body from usual.document where id = ?")
        .param(item)
        .query(Document.class)
        .single();
  }

  private void readBound(int item) {
    bound
        .sql("select title, body from bench.document where id = ?")
        .param(item)
        .query(Document.class)
        .single();
  }

  /** Every item is another tenant's than the one before: as in a server, nothing is any one's. */
  private static Scope.OfTenant scope(int item) {
    return SCOPES.get(item % SCOPES.size());
  }

  private static UUID tenant(int item) {
    return scope(item).tenant().value();
  }

  private void usually(int item, Runnable statements) {
    plainTransactions.executeWithoutResult(
        status -> {
          plain
              .sql("select set_config('app.tenant', ?, true)")
              .param(tenant(item).toString())
              .query(String.class)
              .single();
          statements.run();
        });
  }

  private static Contender bound(String name, Contender.Operation operation) {
    return new Contender(
        name,
        item ->
            Scopes.call(
                scope(item),
                () -> {
                  operation.run(item);
                  return null;
                }));
  }

  /**
   * Fails unless the list is read by the same kind of scan with and without the policy: a ratio
   * between different plans would say nothing about the binding.
   */
  void checkPlans() {
    String plainScan =
        scan(
            new JdbcTemplate(ground.usual()),
            "",
            LIST_PLAIN.replaceFirst("\\?", "'" + tenant(1) + "'"));
    String boundScan =
        scan(
            new JdbcTemplate(ground.guardedSuperuser()),
            "set local backtrace_functions = '%s'; set local role cofferdam_app;"
                .formatted(scope(1).carried()),
            LIST_BOUND);
    if (!plainScan.equals(boundScan)) {
      throw new IllegalStateException(
          "the plans differ: plain is `%s`, bound is `%s`".formatted(plainScan, boundScan));
    }
  }

  /**
   * The kind of scan by which a statement reads its table, with its conditions on the index
   * counted.
   */
  private static String scan(JdbcTemplate jdbc, String before, String statement) {
    String explained =
        statement.replaceFirst("\\?", "1").replaceFirst("\\?", Integer.toString(LISTED));
    List<String> plan =
        jdbc.execute(
            (ConnectionCallback<List<String>>)
                connection -> {
                  connection.setAutoCommit(false);
                  try (var sql = connection.createStatement()) {
                    if (!before.isEmpty()) {
                      sql.execute(before);
                    }
                    try (var rows = sql.executeQuery("explain (costs off) " + explained)) {
                      List<String> lines = new ArrayList<>();
                      while (rows.next()) {
                        lines.add(rows.getString(1).strip());
                      }
                      return lines;
                    }
                  } finally {
                    connection.rollback();
                    connection.setAutoCommit(true);
                  }
                });
    return Objects.requireNonNull(plan).stream()
        .filter(line -> line.contains("Scan"))
        .map(line -> line.replaceFirst("^-> +", "").replaceFirst(" using .*| on .*", ""))
        .reduce("", (all, line) -> all.isEmpty() ? line : all + ", " + line);
  }
}
