package dev.cofferdam.review.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SwitchesTest {
  @AfterEach
  void everythingIn() {
    Switches.take(Set.of());
    Switches.standIn("");
  }

  @Test
  void exactlyTheNamedLayersAreOut() {
    Switches.take(Set.of("eviction", "column-aad"));
    Switches.take(Set.of("column-aad"));

    assertThat(Switches.out("column-aad")).isTrue();
    assertThat(Switches.out("eviction")).isFalse();
  }

  @Test
  void anUnknownLayerIsRefused() {
    assertThatThrownBy(() -> new Commands().run("stage", List.of("clone_1", "moat")))
        .hasMessageContaining("`moat` is no layer");
  }

  @Test
  void onlyTheServersOwnRolesMeetTheClone() {
    Switches.standIn("clone_1");

    assertThat(StandIn.of(asked("cofferdam_app")).getProperty("PGDBNAME")).isEqualTo("clone_1");
    assertThat(StandIn.of(asked("postgres")).getProperty("PGDBNAME")).isEqualTo("cofferdam");
  }

  private static Properties asked(String user) {
    Properties info = new Properties();
    info.setProperty("user", user);
    info.setProperty("password", "unused");
    info.setProperty("PGDBNAME", "cofferdam");
    return info;
  }
}
