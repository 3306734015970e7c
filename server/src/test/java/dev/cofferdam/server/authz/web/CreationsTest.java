package dev.cofferdam.server.authz.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made is answered with where it is found. */
class CreationsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Browser owner =
      Browser.ofMember(SERVER, SERVER.newTenant().tenant().toString(), Role.OWNER);

  @ParameterizedTest
  @CsvSource({
    "/v1/groups, name, Crew",
    "/v1/projects, name, Hull",
    "/v1/invites, email, somebody@example.org"
  })
  void whatIsMadeIsFoundThereAlsoWhenItIsAskedForAgain(String path, String field, String value) {
    Map<String, String> body =
        path.equals("/v1/invites") ? Map.of(field, value, "role", "member") : Map.of(field, value);
    String key = "once-" + UUID.randomUUID();
    Answer made = owner.write("POST", path, body, "Idempotency-Key", key);
    assertThat(made.status()).as(made.http().body()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo(path + "/" + made.text("id"));
    Answer found = owner.get(made.header("Location"));
    assertThat(found.status()).isEqualTo(200);
    assertThat(found.body()).isEqualTo(made.body());

    Answer again = owner.write("POST", path, body, "Idempotency-Key", key);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.header("Location")).isEqualTo(made.header("Location"));
  }

  @Test
  void whatIsRefusedHasNoPlace() {
    owner.post("/v1/groups", Map.of("name", "Crew"));
    Answer again = owner.post("/v1/groups", Map.of("name", "Crew"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.header("Location")).isEmpty();
  }
}
