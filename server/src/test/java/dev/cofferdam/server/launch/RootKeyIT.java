package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.keyring.KeyringSettings;
import dev.cofferdam.server.keyring.RootKey;
import dev.cofferdam.server.keyring.RootKeySource;
import dev.cofferdam.server.keyring.TransitDouble;
import dev.cofferdam.server.keyring.TransitSettings;
import dev.cofferdam.server.testing.InMemory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The root key of a whole server: from its file to a key service, and under the next key there. */
final class RootKeyIT {
  @TempDir(factory = InMemory.class)
  Path folder;

  @Test
  void aServersRootKeyGoesToAKeyServiceAndTheOlderOneOpensNothing() throws Exception {
    Path data;
    try (Launched first = Launched.upAgain(folder).ready()) {
      assertThat(first.get("/v1/me").statusCode()).isEqualTo(401);
      data = first.data();
      assertThat(first.stopped()).isZero();
    }
    try (TransitDouble service = TransitDouble.plain()) {
      Path token = Files.writeString(folder.resolve("token"), TransitDouble.TOKEN);
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
      Files.writeString(
          folder.resolve("next.yaml"),
          "cofferdam:\n  keyring:\n    transit:\n      address: %s\n      token-file: %s\n"
              .formatted(service.origin(), token));
      TransitSettings transit =
          new TransitSettings(
              URI.create(service.origin()), "transit", "cofferdam", token, null, null);
      String id;
      try (RootKey made =
          RootKey.open(
              RootKeySource.of(new KeyringSettings(null), transit, data),
              RootKey.IfAbsent.CREATE)) {
        id = made.id();
      }

      assertThat(said(1, "replace", "--next", "next.yaml", "--confirm", "another"))
          .contains(id)
          .contains("not confirmed");
      assertThat(said(0, "replace", "--next", "next.yaml", "--confirm", id))
          .containsPattern("[1-9][0-9]* keys lie under root key `" + id + "` now; 0 did not open");

      try (Launched old = Launched.up(folder)) {
        assertThat(old.ended()).isEqualTo(1);
        assertThat(old.console()).contains("this database belongs to `" + id);
      }
      try (Launched later = Launched.up(folder, "--config", "next.yaml").ready()) {
        assertThat(later.get("/v1/me").statusCode()).isEqualTo(401);
        Launched.until(() -> isRecorded(later));
        service.rotate();
        assertThat(said(0, "rewrap", "--config", "next.yaml")).contains("under version v2");
        service.stop();
        assertThat(later.readiness()).isEqualTo(200);
        assertThat(later.stopped()).isZero();
      }
      try (Launched without = Launched.up(folder, "--config", "next.yaml")) {
        assertThat(without.ended()).isEqualTo(1);
        assertThat(without.console()).contains("The key service at `" + service.origin());
      }
    }
  }

  private static boolean isRecorded(Launched server) {
    try (Connection superuser = server.superuser("cofferdam").getConnection();
        Statement statement = superuser.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select count(*) from audit.platform_leaf where convert_from(record, 'UTF8') like '%root_key.replaced%'")) {
      found.next();
      return found.getLong(1) == 1;
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the command prints, which ends with this code. */
  private String said(int code, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "rootkey";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (Launched command = Launched.run(folder, Map.of(), all)) {
      assertThat(command.ended()).as(command.console()).isEqualTo(code);
      assertThat(command.console()).doesNotContain("Exception").doesNotContain("\tat ");
      return command.console();
    }
  }
}
