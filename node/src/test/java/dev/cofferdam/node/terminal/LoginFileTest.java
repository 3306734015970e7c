package dev.cofferdam.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a login is looked for. */
class LoginFileTest {
  private static final Path HOME = Path.of("/home/somebody");

  private static String usual(Map<String, String> environment) {
    return LoginFile.usual(environment, HOME).toString();
  }

  @Test
  void isWhereTheEnvironmentSaysOrWherePeopleKeepSettings() {
    assertThat(usual(Map.of())).isEqualTo("/home/somebody/.config/cofferdam/login");
    assertThat(usual(Map.of("XDG_CONFIG_HOME", "")))
        .isEqualTo("/home/somebody/.config/cofferdam/login");
    assertThat(usual(Map.of("XDG_CONFIG_HOME", "/etc/mine")))
        .isEqualTo("/etc/mine/cofferdam/login");
    assertThat(usual(Map.of("XDG_CONFIG_HOME", "mine")))
        .as("a relative one is none")
        .isEqualTo("/home/somebody/.config/cofferdam/login");
    assertThat(usual(Map.of("XDG_CONFIG_HOME", "/etc/mine", "COFFERDAM_LOGIN", "/run/login")))
        .isEqualTo("/run/login");
  }
}
