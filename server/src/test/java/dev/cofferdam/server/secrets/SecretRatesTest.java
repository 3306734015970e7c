package dev.cofferdam.server.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.secrets.Yard.Answer;
import dev.cofferdam.server.secrets.Yard.Somebody;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How often nodes read, each by itself and all of a tenant together (SEC-03). */
class SecretRatesTest {
  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)),
          "cofferdam.limits.overrides.secret.principal=3 per 1h burst 3",
          "cofferdam.limits.overrides.secret.tenant=6 per 1h burst 6");

  private final Yard yard = new Yard(SERVER, SERVER.newTenant());

  private static Somebody reader(Yard yard) {
    Somebody node = yard.node(new NodeKeys());
    yard.grant(yard.project.value(), "node", node.id, "reader");
    return node;
  }

  @Test
  void aNodeAndItsTenantHaveAnEndAndNobodyElseMeetsIt() {
    yard.person(Role.MEMBER, "writer").makes("key", new byte[] {1});
    Yard elsewhere = new Yard(SERVER, SERVER.newTenant());
    elsewhere.person(Role.MEMBER, "writer").makes("key", new byte[] {1});
    Somebody greedy = reader(yard);
    Somebody other = reader(yard);
    Somebody third = reader(yard);

    for (int n = 0; n < 3; n++) {
      assertThat(greedy.reads("key").status()).isEqualTo(200);
    }
    assertRefused(greedy.reads("key"));
    for (int n = 0; n < 3; n++) {
      assertThat(other.reads("key").status()).isEqualTo(200);
    }
    // All of the tenant together.
    assertRefused(third.reads("key"));
    assertThat(reader(elsewhere).reads("key").status()).isEqualTo(200);
  }

  private static void assertRefused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(429);
    assertThat(answer.text("code")).isEqualTo("rate_limited");
    assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    assertThat(answer.header("Cofferdam-Key-Id")).isEmpty();
  }
}
