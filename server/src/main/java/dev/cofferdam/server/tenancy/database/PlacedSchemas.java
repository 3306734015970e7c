package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.Placement;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantSchemas;
import dev.cofferdam.server.tenancy.database.TableList.ListedTable;
import dev.cofferdam.server.tenancy.database.TableList.ListedView;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes and migrates the schemas that some tenants have for themselves, as the owner role. */
public final class PlacedSchemas implements TenantSchemas {
  private static final Logger LOG = LoggerFactory.getLogger(PlacedSchemas.class);
  private static final int PROGRESS = 100;
  private static final int NAMED = 3;

  private final DataSource owner;
  private final PlacedMigrations migrations;
  private final List<String> sharedRelations;

  PlacedSchemas(DataSource owner, TableList list) {
    this.owner = owner;
    this.migrations = PlacedMigrations.of(list);
    this.sharedRelations =
        Stream.concat(
                list.tables().stream().filter(ListedTable::placed).map(ListedTable::name),
                list.views().stream().filter(ListedView::placed).map(ListedView::name))
            .toList();
  }

  @Override
  public String expectedDigest() {
    return migrations.digest();
  }

  /**
   * In one transaction, so that a schema is whole or not there. Of several servers that do it at
   * once the later ones find it done.
   */
  @Override
  public Provisioning provision(TenantId tenant) {
    try {
      OwnerWork.in(owner, template -> bring(tenant, template));
      return Provisioning.DONE;
    } catch (PlacedMigrationFailedException failed) {
      LOG.error("The schema of tenant {} could not be migrated.", tenant, failed);
      remember(tenant, failed.withoutRows());
    } catch (DatabaseRefusedException refused) {
      LOG.error("The schema of tenant {} cannot be migrated: {}", tenant, refused.getMessage());
      remember(tenant, "refused");
    } catch (DataAccessException failed) {
      LOG.error("The schema of tenant {} could not be made.", tenant, failed);
    }
    return Provisioning.FAILED;
  }

  private void bring(TenantId tenant, JdbcTemplate template) {
    String schema = schemaOf(tenant);
    template.query(
        "select pg_advisory_xact_lock(hashtextextended('cofferdam schema ' || ?, 0))",
        row -> {},
        schema);
    // The name is hex of a UUID: nothing to quote.
    template.execute("create schema if not exists " + schema);
    template.execute("revoke all on schema " + schema + " from public");
    template.execute("grant usage on schema " + schema + " to cofferdam_app");
    migrations.applyTo(schema, template);
    int rows =
        template.update(
            """
            update tenancy.tenant set placed_as = ?, placement_failure = null
             where tenant_id = ? and placement = 'schema'
            """,
            migrations.digest(),
            tenant.value());
    if (rows != 1) {
      throw new DatabaseRefusedException("Tenant " + tenant + " is not one with its own schema.");
    }
  }

  private void remember(TenantId tenant, String failure) {
    OwnerWork.in(
        owner,
        template ->
            template.update(
                "update tenancy.tenant set placement_failure = ? where tenant_id = ?",
                failure,
                tenant.value()));
  }

  /**
   * Brings the schemas of all tenants that are behind to this server's version, one transaction
   * each, so that it can be stopped and carried on anywhere. One that fails stays denied and does
   * not stop the others.
   *
   * @param wanted asked before each tenant whether to go on
   * @return how many are still behind
   */
  public int migrateAll(BooleanSupplier wanted) {
    try (OwnerLock _ = OwnerLock.of(owner, "placed schemas")) {
      List<TenantId> behind = behind();
      int failed = 0;
      for (int i = 0; i < behind.size() && wanted.getAsBoolean(); i++) {
        if (provision(behind.get(i)) == Provisioning.FAILED) {
          failed++;
        }
        if ((i + 1) % PROGRESS == 0 || i + 1 == behind.size()) {
          LOG.info(
              "Schemas of tenants: {} of {} migrated, {} failed.",
              i + 1 - failed,
              behind.size(),
              failed);
        }
      }
      return failed == 0 && wanted.getAsBoolean() ? 0 : behind().size();
    } catch (SQLException e) {
      throw new DatabaseRefusedException(
          "The schemas of tenants could not be migrated: the database went away.", e);
    }
  }

  private List<TenantId> behind() {
    return OwnerWork.returning(
        owner,
        template ->
            template.query(
                """
                select tenant_id from tenancy.tenant
                 where placement = 'schema' and state in ('active', 'suspended')
                   and placed_as is distinct from ?
                 order by tenant_id
                """,
                (row, number) -> new TenantId(row.getObject(1, UUID.class)),
                migrations.digest()));
  }

  @Override
  public boolean isUnedited(TenantId tenant) {
    List<String> expected =
        SchemaLines.read(owner, List.of(), sharedRelations).stream()
            .map(this::placed)
            .sorted()
            .toList();
    String schema = schemaOf(tenant);
    List<String> found =
        SchemaLines.read(owner, List.of(schema), List.of()).stream()
            // Whose the schema is and who may use it; the shared tables' schemas may differ there.
            .filter(line -> !line.contains(" schema " + schema + ":"))
            .map(line -> line.replace(schema + ".", ""))
            .sorted()
            .toList();
    if (found.equals(expected)) {
      return true;
    }
    LOG.error(
        "The schema of tenant {} was edited: it lacks {} and has {} beside what its migrations made.",
        tenant,
        expected.stream().filter(line -> !found.contains(line)).limit(NAMED).toList(),
        found.stream().filter(line -> !expected.contains(line)).limit(NAMED).toList());
    return false;
  }

  /** A line about what is shared as it is where that is placed: names without schemas. */
  private String placed(String line) {
    String result = line;
    for (String relation : sharedRelations) {
      String name = relation.substring(relation.indexOf('.') + 1);
      result = result.replaceAll("\\b" + Pattern.quote(relation) + "\\b", name);
    }
    return result;
  }

  private static String schemaOf(TenantId tenant) {
    return new Placement.OwnSchema(tenant).schemaOf("");
  }
}
