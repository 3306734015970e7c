package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCommandTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.own();

  @TempDir Path folder;

  @Test
  void migrateBringsTheSchemasOfTenantsAlong() throws Exception {
    Scope.OfTenant behind = SERVER.newTenant(WantedPlacement.SCHEMA);
    Scope.OfTenant broken = SERVER.newTenant(WantedPlacement.SCHEMA);
    String placedAs = placedAs(behind);
    leaveBehind(behind);

    assertThat(migrate()).isZero();
    assertThat(placedAs(behind)).isEqualTo(placedAs);
    assertThat(exists(schema(behind) + ".tenant_key")).isTrue();

    leaveBehind(broken);
    SERVER.superuser().sql("create table " + schema(broken) + ".tenant_key ()").update();
    leaveBehind(behind);

    assertThat(migrate()).isEqualTo(1);
    assertThat(placedAs(behind)).isEqualTo(placedAs);
    assertThat(placedAs(broken)).isNotEqualTo(placedAs);
  }

  private int migrate() throws IOException {
    RootKey.open(folder.resolve("root.key"), RootKey.IfAbsent.CREATE).close();
    StringBuilder settings = new StringBuilder("cofferdam:\n  database:\n");
    for (DatabaseRole role : DatabaseRole.values()) {
      String name = role.name().toLowerCase(Locale.ROOT);
      Path file =
          Files.writeString(
              folder.resolve(name), new String(TestDatabase.passwords().passwordOf(role)));
      settings.append("    %s-password-file: %s\n".formatted(name, file));
    }
    settings.append("  keyring:\n    root-key-file: %s\n".formatted(folder.resolve("root.key")));
    return Main.run(
        "database",
        "migrate",
        "--config",
        Files.writeString(folder.resolve("settings.yaml"), settings).toString(),
        "--data",
        folder.resolve("data").toString(),
        "--database-url",
        SERVER.database().url());
  }

  private static String schema(Scope.OfTenant tenant) {
    return "tenant_" + Scope.hex(tenant.tenant().value());
  }

  /** As if this server had been built with a migration more than the one before. */
  private static void leaveBehind(Scope.OfTenant tenant) {
    SERVER.superuser().sql("drop table " + schema(tenant) + ".tenant_key").update();
    SERVER
        .superuser()
        .sql(
            "delete from tenancy.placed_migration where schema_name = :schema and module = 'keyring'")
        .param("schema", schema(tenant))
        .update();
    SERVER
        .superuser()
        .sql("update tenancy.tenant set placed_as = 'older' where tenant_id = :id")
        .param("id", tenant.tenant().value())
        .update();
  }

  private static String placedAs(Scope.OfTenant tenant) {
    return SERVER
        .superuser()
        .sql("select placed_as from tenancy.tenant where tenant_id = :id")
        .param("id", tenant.tenant().value())
        .query(String.class)
        .single();
  }

  private static boolean exists(String table) {
    return SERVER
        .superuser()
        .sql("select to_regclass(:table) is not null")
        .param("table", table)
        .query(Boolean.class)
        .single();
  }
}
