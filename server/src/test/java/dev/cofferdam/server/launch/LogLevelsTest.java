package dev.cofferdam.server.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.cofferdam.server.launch.settings.SettingsRefusedException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelsTest {

  @ParameterizedTest
  @CsvSource({
    "dev.cofferdam, trace",
    "dev.cofferdam.server.edge, DEBUG",
    "root, info",
    "org.springframework, warn",
    "org.apache.catalina, warn",
    "org.apache, off"
  })
  void whatSaysNoCredentialCanBeSet(String name, String word) {
    assertThat(LogLevels.of(Map.of(name, word)).levels()).containsEntry(name, Level.toLevel(word));
  }

  @ParameterizedTest
  @CsvSource({
    "root, debug",
    "root, trace",
    "dev, trace",
    "dev.cofferdamx, debug",
    "org.springframework.jdbc.core.StatementCreatorUtils, trace",
    "org.apache.hc.client5.http.wire, debug",
    "org.apache.coyote, info",
    "org.apache.coyote.http11.Http11InputBuffer, trace",
    "org.springframework.web.servlet.PageNotFound, warn",
    "redis.clients.jedis, debug"
  })
  void whatCouldSayOneCannot(String name, String word) {
    assertThatThrownBy(() -> LogLevels.of(Map.of(name, word)))
        .isInstanceOf(SettingsRefusedException.class)
        .hasMessageContaining("`logging.level." + name + "`")
        .hasMessageContaining("`dev.cofferdam`");
  }

  @Test
  void aWordThatIsNoLevelIsRefused() {
    assertThatThrownBy(() -> LogLevels.of(Map.of("root", "verbose")))
        .isInstanceOf(SettingsRefusedException.class)
        .hasMessageContaining("`logging.level.root` is no level");
  }

  @Test
  void theUsualLevelsAreNoneThatCannotBeSet() {
    LogLevels.usual()
        .levels()
        .forEach((name, level) -> LogLevels.of(Map.of(name, level.toString())));
  }
}
