package dev.cofferdam.server.launch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsEnvironmentTest {
  private static final KnownSettings KNOWN =
      new KnownSettings(
          List.of(
              setting("cofferdam.http.port", "java.lang.Integer"),
              setting("cofferdam.keyring.root-key-file", "java.nio.file.Path"),
              setting("cofferdam.limits.per-tenant", "java.util.Map<java.lang.String,X>"),
              setting("cofferdam.hosts", "java.util.List<java.lang.String>")));

  @TempDir Path folder;

  private static KnownSettings.Setting setting(String name, String type) {
    return new KnownSettings.Setting(name, type, "", null);
  }

  @Test
  void whatIsNearerToTheCommandGoesFirst() throws IOException {
    Path file = file("cofferdam:\n  http:\n    port: 1\n");

    assertThat(port(file, Map.of(), Map.of(), Map.of())).isEqualTo("1");
    assertThat(port(file, Map.of(), Map.of(), Map.of("COFFERDAM_HTTP_PORT", "2"))).isEqualTo("2");
    assertThat(
            port(
                file,
                Map.of(),
                Map.of("cofferdam.http.port", "3"),
                Map.of("COFFERDAM_HTTP_PORT", "2")))
        .isEqualTo("3");
    assertThat(
            port(
                file,
                Map.of("cofferdam.http.port", "4"),
                Map.of("cofferdam.http.port", "3"),
                Map.of("COFFERDAM_HTTP_PORT", "2")))
        .isEqualTo("4");
  }

  @Test
  void nothingOfTheHostGetsIn() {
    SettingsEnvironment environment =
        environment(
            null, Map.of(), Map.of("user.home", "/x"), Map.of("SERVER_PORT", "1", "PATH", "/bin"));

    assertThat(environment.getProperty("server.port")).isNull();
    assertThat(environment.getProperty("PATH")).isNull();
    assertThat(environment.getProperty("user.home")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cofferdam.http.prot: 1             | `cofferdam.http.prot` (cofferdam.yaml, line 1) is no setting. Did you mean `cofferdam.http.port`?
          cofferdam.http.something-else: 1   | `cofferdam.http.something-else` (cofferdam.yaml, line 1) is no setting. All settings are listed
          cofferdam.keyring.rootKeyFile: x   | Did you mean `cofferdam.keyring.root-key-file`?
          server.port: 1                     | `server.port` (cofferdam.yaml, line 1) is no setting: at the top stand `cofferdam` and `logging.level`, nothing else
          spring.datasource.url: x           | nothing else
          logging.file.name: x               | nothing else
          just text                          | nothing else
          '[unclosed'                        | is not YAML: look at line
          """)
  void aNameThatNothingReadsStopsTheStart(String yaml, String said) throws IOException {
    Path file = file(yaml);

    assertThatThrownBy(() -> environment(file, Map.of(), Map.of(), Map.of()))
        .isInstanceOf(SettingsRefusedException.class)
        .hasMessageContaining(said);
  }

  @Test
  void namesOfListsAndMapsAreKnownByTheirBeginning() throws IOException {
    Path file =
        file(
            """
            cofferdam:
              hosts: [a, b]
              limits.per-tenant:
                small: 1
            logging.level:
              dev.cofferdam: debug
            """);

    SettingsEnvironment environment =
        environment(file, Map.of(), Map.of(), Map.of("COFFERDAM_HOSTS_2", "c"));

    assertThat(environment.getProperty("cofferdam.hosts[1]")).isEqualTo("b");
    assertThat(environment.getProperty("logging.level.dev.cofferdam")).isEqualTo("debug");
  }

  @Test
  void aVariableThatNothingReadsStopsTheStart() {
    assertThatThrownBy(
            () -> environment(null, Map.of(), Map.of(), Map.of("COFFERDAM_HTTP_PORTS", "secret")))
        .isInstanceOf(SettingsRefusedException.class)
        .hasMessage(
            "`COFFERDAM_HTTP_PORTS` (environment) is no setting. Did you mean `COFFERDAM_HTTP_PORT`?");
  }

  @Test
  void whatTheLauncherReadsIsNoSettingAndNoMistake() {
    assertThat(
            environment(
                null,
                Map.of(),
                Map.of(),
                Map.of(
                    "COFFERDAM_JAVA_HOME",
                    "/x",
                    "COFFERDAM_BUILD",
                    "no",
                    "COFFERDAM_JAVA_OPTIONS",
                    "")))
        .isNotNull();
  }

  @Test
  void aSystemPropertyThatNothingReadsStopsTheStart() {
    assertThatThrownBy(
            () -> environment(null, Map.of(), Map.of("cofferdam.htp.port", "1"), Map.of()))
        .isInstanceOf(SettingsRefusedException.class)
        .hasMessageContaining("(-D)");
  }

  @Test
  void aRemovedSettingSaysWhatToDoInstead() {
    SettingsCheck check =
        new SettingsCheck(
            KNOWN, new RemovedSettings(Map.of("cofferdam.old", "use `cofferdam.new`")));

    assertThatThrownBy(() -> check.check("cofferdam.old", "cofferdam.yaml, line 7"))
        .hasMessage("`cofferdam.old` (cofferdam.yaml, line 7) was removed: use `cofferdam.new`.");
    assertThatThrownBy(() -> check.checkVariables(List.of("COFFERDAM_OLD")))
        .hasMessageContaining("use `cofferdam.new`");
  }

  @Test
  void severalDocumentsAreRefused() throws IOException {
    Path file = file("cofferdam.http.port: 1\n---\ncofferdam.http.port: 2\n");

    assertThatThrownBy(() -> environment(file, Map.of(), Map.of(), Map.of()))
        .hasMessageContaining("several documents");
  }

  @Test
  void aFileThatIsNamedMustBeThere() {
    assertThatThrownBy(
            () -> environment(folder.resolve("absent.yaml"), Map.of(), Map.of(), Map.of()))
        .isInstanceOf(SettingsRefusedException.class)
        .hasMessageContaining("absent.yaml` cannot be read");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("cofferdam.yaml"), yaml);
  }

  private static String port(
      Path file,
      Map<String, Object> options,
      Map<String, String> properties,
      Map<String, String> variables) {
    return environment(file, options, properties, variables)
        .getRequiredProperty("cofferdam.http.port");
  }

  private static SettingsEnvironment environment(
      @org.jspecify.annotations.Nullable Path file,
      Map<String, Object> options,
      Map<String, String> properties,
      Map<String, String> variables) {
    Properties given = new Properties();
    given.putAll(properties);
    return SettingsEnvironment.of(file, options, given, variables, KNOWN);
  }
}
