package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the logs from the command line, beside the server that writes them. */
final class AuditCommandIT {
  @TempDir(factory = InMemory.class)
  Path folder;

  @Test
  void showsProvesAndWritesTheLogsBesideARunningServer() throws Exception {
    Files.writeString(
        folder.resolve("cofferdam.yaml"), "cofferdam:\n  audit:\n    refusal-window: 1s\n");
    try (Launched server = Launched.upAgain(folder).ready()) {
      assertThat(server.get("/v1/me").statusCode()).isEqualTo(401);
      Launched.until(() -> records(server) > 0);

      assertThat(said(0, "status")).containsPattern("platform +[0-9]+ ").contains("1 logs, ");
      assertThat(said(0, "key", "--log", "platform"))
          .containsPattern("(?m)^cofferdam/platform\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+$");
      assertThat(said(0, "verify")).containsPattern("clean +platform, [0-9]+");

      assertThat(said(0, export("jsonl", "log.jsonl"))).contains("records in `log.jsonl`");
      List<String> lines = Files.readAllLines(folder.resolve("log.jsonl"));
      assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.startsWith("{"));
      assertThat(lines.getLast()).contains("checkpoint");
      assertThat(said(1, export("jsonl", "log.jsonl"))).contains("`log.jsonl` is there already");

      said(0, export("tiles", "tiles"));
      assertThat(folder.resolve("tiles/platform/checkpoint"))
          .content()
          .startsWith("cofferdam/platform\n");

      edit(server);
      assertThat(said(1, "verify")).contains("TAMPERED  platform from index 0 on");
    }
  }

  private static String[] export(String format, String file) {
    return new String[] {"export", "--log", "platform", "--format", format, "--to-file", file};
  }

  /** What the command prints, which ends with this code. */
  private String said(int code, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 1];
    all[0] = "audit";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (Launched command = Launched.run(folder, Map.of(), all)) {
      assertThat(command.ended()).as(command.console()).isEqualTo(code);
      assertThat(command.console()).doesNotContain("Exception").doesNotContain("\tat ");
      return command.console();
    }
  }

  private static long records(Launched server) {
    try (Connection superuser = server.superuser("cofferdam").getConnection();
        Statement statement = superuser.createStatement();
        ResultSet count =
            statement.executeQuery("select coalesce(max(size), 0) from audit.platform_head")) {
      count.next();
      return count.getLong(1);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As whoever has the database does, and no key. */
  private static void edit(Launched server) throws SQLException, IOException {
    try (Connection superuser = server.superuser("cofferdam").getConnection();
        Statement statement = superuser.createStatement()) {
      statement.execute("alter table audit.platform_leaf disable trigger append_only");
      statement.execute(
          "update audit.platform_leaf set record = convert_to(replace(convert_from(record, 'UTF8'), '20', '21'), 'UTF8') where leaf_index = 0");
      statement.execute("alter table audit.platform_leaf enable always trigger append_only");
    }
  }
}
