package dev.cofferdam.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever holds a connection waits for no second one. */
class FewConnectionsTest {
  @RegisterExtension
  static final RunningServer SERVER = RunningServer.own("cofferdam.database.app-connections=2");

  @Test
  void ofManyWhoReadNamesAtOnceNobodyWaitsForAnother() throws Exception {
    Browser browser = Browser.ofSomebody(SERVER);
    browser.inOwnTenant("t-" + UUID.randomUUID());

    List<Integer> answers =
        SessionsTest.atOnce(
            20,
            n -> {
              try {
                return SERVER
                    .send(
                        SERVER
                            .request("/v1/members")
                            .header("Cookie", "__Host-cofferdam=" + browser.cookie()))
                    .statusCode();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(answers).containsOnly(200);
  }
}
