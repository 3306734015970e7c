package dev.cofferdam.server.oauth.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.Browser.Answer;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often codes are asked for, waited for and guessed. */
class DeviceLimitsTest {
  private static final int BY_PERSON = 10;
  private static final int BY_ADDRESS = 12;
  private static final int MOST = 3;

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          "cofferdam.limits.overrides.user-code.address=12 per 10m burst 12",
          "cofferdam.devices.most=" + MOST);

  @RegisterExtension
  static final RunningServer WITHOUT = RunningServer.own("cofferdam.devices.command-line=false");

  @Test
  void whoGuessesIsStoppedByWhoTheyAreAndByWhereTheyAre() {
    Browser owner = Browser.ofSomebody(SERVER);
    String tenant = owner.inOwnTenant("g" + UUID.randomUUID().toString().substring(0, 13));
    for (int n = 0; n < BY_PERSON; n++) {
      assertThat(guess(owner).status()).isEqualTo(422);
    }
    Answer tooOften = guess(owner);
    assertThat(tooOften.status()).isEqualTo(429);
    assertThat(tooOften.header("Retry-After")).isNotEmpty();
    Browser accomplice = Browser.ofMember(SERVER, tenant, Role.MEMBER);
    for (int n = BY_PERSON; n < BY_ADDRESS; n++) {
      assertThat(guess(accomplice).status()).isEqualTo(422);
    }
    assertThat(guess(accomplice).status()).as("another person, the same address").isEqualTo(429);
    assertThat(accomplice.get("/v1/tenant").status()).as("and nothing else").isEqualTo(200);
  }

  private static Answer guess(Browser person) {
    return person.form("/device", person.token(), Map.of("code", "BBBB-BBBB"));
  }

  @Test
  void noMoreWaitThanThereMayBe() {
    for (int n = 0; n < MOST; n++) {
      AskingDevice.asking(SERVER, AskingDevice.COMMAND_LINE);
    }
    Answer full =
        AskingDevice.post(SERVER, "/oauth/device", Map.of("client_id", AskingDevice.COMMAND_LINE));
    assertThat(full.status()).isEqualTo(503);
    assertThat(full.header("Retry-After")).isNotEmpty();
  }

  @Test
  void thePlatformMayHaveNoCommandLine() {
    assertThat(
            AskingDevice.post(
                    WITHOUT, "/oauth/device", Map.of("client_id", AskingDevice.COMMAND_LINE))
                .text("error"))
        .isEqualTo("invalid_client");
  }
}
