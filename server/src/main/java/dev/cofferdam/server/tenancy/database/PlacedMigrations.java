package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.database.TableList.ListedModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The migrations of tables that are placed: applied to the schema of their module, and to the
 * schema of each tenant that has one. They say {@code {schema}} where the schema's name belongs.
 *
 * <p>Not Flyway's: there may be ten thousand schemas, whose state is in one table and whose digest
 * is in the tenant's row.
 */
final class PlacedMigrations {
  private static final Pattern FILE = Pattern.compile("V([1-9][0-9]{0,5})__[a-z0-9_]+\\.sql");

  private final List<PlacedMigration> migrations;
  private final String digest;

  /**
   * One migration.
   *
   * @param digest SHA-256 of the text, in hex
   */
  record PlacedMigration(String module, int version, String file, String sql, String digest) {}

  private record Applied(String module, int version, String digest) {}

  private PlacedMigrations(List<PlacedMigration> migrations) {
    this.migrations = List.copyOf(migrations);
    StringBuilder all = new StringBuilder();
    migrations.forEach(m -> all.append(m.module()).append(m.version()).append(m.digest()));
    this.digest = sha256(all.toString());
  }

  static PlacedMigrations of(TableList list) {
    List<PlacedMigration> migrations = new ArrayList<>();
    for (ListedModule module : list.modules()) {
      List<PlacedMigration> own = new ArrayList<>();
      for (Resource resource : resources(module.folder() + "/tenant/*.sql")) {
        own.add(read(module, resource));
      }
      own.sort(Comparator.comparingInt(PlacedMigration::version));
      for (int i = 1; i < own.size(); i++) {
        if (own.get(i).version() == own.get(i - 1).version()) {
          throw new IllegalStateException(
              "two placed migrations of one version: " + own.get(i).file());
        }
      }
      migrations.addAll(own);
    }
    return new PlacedMigrations(migrations);
  }

  /** What a schema that has all of them is recorded with. */
  String digest() {
    return digest;
  }

  /** Applies to the modules' own schemas what they lack. */
  void applyShared(JdbcTemplate owner) {
    apply(owner, UnaryOperator.identity());
  }

  /** Applies to one tenant's schema what it lacks, in the caller's transaction. */
  void applyTo(String schema, JdbcTemplate owner) {
    apply(owner, module -> schema);
  }

  private void apply(JdbcTemplate owner, UnaryOperator<String> schemaOf) {
    for (PlacedMigration migration : migrations) {
      String schema = schemaOf.apply(migration.module());
      List<Applied> applied = applied(owner, schema, migration.module());
      if (applied.stream().noneMatch(a -> a.version() == migration.version())) {
        run(owner, migration, schema);
      }
    }
    migrations.stream()
        .map(PlacedMigration::module)
        .distinct()
        .forEach(module -> requireSame(owner, schemaOf.apply(module), module));
  }

  private static void run(JdbcTemplate owner, PlacedMigration migration, String schema) {
    try {
      // Not through JdbcClient: colons and question marks of a migration are no parameters.
      owner.execute(migration.sql().replace("{schema}", schema));
    } catch (DataAccessException failed) {
      throw new PlacedMigrationFailedException(migration.file(), failed);
    }
    JdbcClient.create(owner)
        .sql(
            """
            insert into tenancy.placed_migration (schema_name, module, version, digest)
            values (:schema, :module, :version, :digest)
            """)
        .param("schema", schema)
        .param("module", migration.module())
        .param("version", migration.version())
        .param("digest", migration.digest())
        .update();
  }

  /** Refuses a shared schema that lacks a migration, has an unknown one, or an edited one. */
  void verifyShared(JdbcTemplate owner) {
    migrations.stream()
        .map(PlacedMigration::module)
        .distinct()
        .forEach(module -> requireSame(owner, module, module));
  }

  private void requireSame(JdbcTemplate owner, String schema, String module) {
    List<Applied> applied = applied(owner, schema, module);
    List<PlacedMigration> own = migrations.stream().filter(m -> m.module().equals(module)).toList();
    int expected = own.getLast().version();
    int found = applied.stream().mapToInt(Applied::version).max().orElse(0);
    if (found > expected) {
      throw new DatabaseRefusedException(
          "The placed tables of schema `%s` are ahead: this server was built with version %d and found %d. Run the newer server."
              .formatted(schema, expected, found));
    }
    for (PlacedMigration migration : own) {
      Applied counterpart =
          applied.stream().filter(a -> a.version() == migration.version()).findFirst().orElse(null);
      if (counterpart == null) {
        throw new DatabaseRefusedException(
            "The placed tables of schema `%s` are behind: this server was built with version %d and found %d. Run `./cofferdam database migrate`."
                .formatted(schema, expected, found));
      }
      if (!counterpart.digest().equals(migration.digest())) {
        throw new DatabaseRefusedException(
            "Migration `%s` of the placed tables of schema `%s` was edited after it was applied. Run the server that the database was migrated with."
                .formatted(migration.file(), schema));
      }
    }
  }

  private static List<Applied> applied(JdbcTemplate owner, String schema, String module) {
    return JdbcClient.create(owner)
        .sql(
            """
            select module, version, digest from tenancy.placed_migration
             where schema_name = :schema and module = :module
            """)
        .param("schema", schema)
        .param("module", module)
        .query(Applied.class)
        .list();
  }

  private static PlacedMigration read(ListedModule module, Resource resource) {
    String file = String.valueOf(resource.getFilename());
    Matcher name = FILE.matcher(file);
    if (!name.matches()) {
      throw new IllegalStateException(
          "a placed migration is named V<number>__<words>.sql, not `" + file + "`");
    }
    try (InputStream in = resource.getInputStream()) {
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new PlacedMigration(
          module.name(), Integer.parseInt(name.group(1)), file, sql, sha256(sql));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Resource[] resources(String pattern) {
    try {
      return new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
