package dev.cofferdam.server.tenancy.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.TableList.ListedModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds the {@code schema.txt} of each module to what its migrations make. To write them anew, run
 * this test with {@code -Dwrite.docs}.
 */
class SchemaFileTest {
  private static final Path RESOURCES = Path.of("src/main/resources");

  @Test
  void filesSayWhatTheMigrationsMake() throws IOException {
    try (TestDatabase database = TestDatabase.migrated()) {
      for (ListedModule module : TableList.ofCofferdam().modules()) {
        Path file = RESOURCES.resolve(module.folder()).resolve("schema.txt");
        String wanted = SchemaFingerprint.of(database.as(DatabaseRole.OWNER), module.name());
        if (System.getProperty("write.docs") != null) {
          Files.writeString(file, wanted);
        }
        assertThat(file).hasContent(wanted);
      }
    }
  }
}
