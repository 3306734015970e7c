package dev.cofferdam.server.launch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/operations/settings.md to what the server reads. To write it anew, run this test with
 * {@code -Dwrite.docs}.
 */
final class SettingsPageTest {
  private static final Path PAGE = Path.of("../docs/operations/settings.md");

  @Test
  void pageListsWhatTheServerReads() throws IOException {
    String wanted = page(KnownSettings.ofServer());
    if (System.getProperty("write.docs") != null) {
      Files.createDirectories(PAGE.resolveSibling(""));
      Files.writeString(PAGE, wanted);
    }

    assertThat(PAGE).hasContent(wanted);
  }

  @Test
  void everySettingIsExplained() {
    assertThat(KnownSettings.ofServer().settings())
        .isNotEmpty()
        .allSatisfy(setting -> assertThat(setting.description()).isNotBlank());
  }

  private static String page(KnownSettings known) {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            Generated from the modules' settings records; a test fails when it is stale.

            A setting stands in `cofferdam.yaml` of the working directory (or the file named by `--config`), in the
            environment, or after `-D`. The command line goes before `-D`, that before the environment, and the environment
            before the file. A name under `cofferdam` that is not in this table stops the start. Beside `cofferdam` the file may
            hold `logging.level.<logger>`: `error`, `warn`, `info`, `off`, and for `dev.cofferdam` and below `debug` or `trace`.

            | setting | environment | default | what it is |
            |---|---|---|---|
            """);
    for (KnownSettings.Setting setting : known.settings()) {
      String fallback = setting.fallback();
      page.append(
          "| `%s` | `%s` | %s | %s |%n"
              .formatted(
                  setting.name(),
                  setting.variable(),
                  fallback == null || fallback.isEmpty() ? "" : "`" + fallback + "`",
                  setting
                      .description()
                      .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                      .replace("|", "\\|")));
    }
    return page.toString();
  }
}
