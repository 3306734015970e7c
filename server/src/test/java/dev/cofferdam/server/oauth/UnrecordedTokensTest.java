package dev.cofferdam.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.oauth.PlantedClient.Answer;
import dev.cofferdam.server.testing.RunningServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A token that cannot be recorded is given to nobody. */
class UnrecordedTokensTest {
  @RegisterExtension
  static final RunningServer SERVER = RunningServer.own("cofferdam.audit.deadline=400ms");

  private final PlantedClient client =
      PlantedClient.in(SERVER, SERVER.newTenant().tenant(), "member", "tenant:read");

  @Test
  void noneLeavesWhileNothingCanBeRecordedAndTheyDoAgainAfterwards() throws SQLException {
    assertThat(client.token()).isNotEmpty();
    try (Connection superuser = SERVER.database().superuser().getConnection();
        Statement statement = superuser.createStatement()) {
      superuser.setAutoCommit(false);
      statement.execute("lock table audit.leaf in share mode");

      Answer refused = client.post("/oauth/token", client.form());

      assertThat(refused.status()).as(refused.body()).isEqualTo(503);
      assertThat(refused.text("error")).isEqualTo("temporarily_unavailable");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(refused.body()).doesNotContain("access_token");
      superuser.rollback();
    }
    Answer again = client.post("/oauth/token", client.form());
    for (int tried = 1; again.status() != 200 && tried < 20; tried++) {
      again = client.post("/oauth/token", client.form());
    }
    assertThat(again.status()).as(again.body()).isEqualTo(200);
    assertThat(again.header("Cofferdam-Receipt")).isNotEmpty();
  }
}
