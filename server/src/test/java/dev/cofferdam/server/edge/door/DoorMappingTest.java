package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** No route is passed over that a path may be one of. */
class DoorMappingTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @ParameterizedTest
  @CsvSource({
    "/v1/secrets/{project}/{name}, /v1/secrets/",
    "/v1/groups, /v1/groups",
    "/{any}, /",
    "/files/*.txt, /files/",
    "/files/?, /files/",
    "/{*rest}, /",
    "'', ''"
  })
  void aPatternBeginsWithWhatIsTheSameOfAllItsPaths(String pattern, String beginning) {
    assertThat(DoorMapping.beginning(pattern)).isEqualTo(beginning);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/secrets/a/b, true",
    "/v1/secrets/, true",
    "/v1/secret, false",
    "/v1/groups/a, false",
    "/v1/%73ecrets/a/b, true",
    "/v1;x=y/secrets/a/b, true",
    "/elsewhere, true"
  })
  void whatIsWrittenOtherwiseIsLeftToTheFramework(String path, boolean may) {
    assertThat(DoorMapping.mayMatch(List.of("/v1/secrets/", "/elsewhere"), path)).isEqualTo(may);
  }

  @Test
  void itIsTheOneThatTheServerHas() {
    assertThat(SERVER.bean(DoorMapping.class)).isInstanceOf(RequestMappingHandlerMapping.class);
  }
}
