package dev.cofferdam.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.testing.Faults;
import dev.cofferdam.server.testing.FaultyConnections;
import dev.cofferdam.server.testing.RunningServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Machines that register while the database fails. */
class RegistrationFaultsTest {
  private static final Faults FAULTS =
      new Faults(Pattern.compile("nodes\\.(?:find_bootstrap|register_node)"));
  private static final int FORGED = 20;
  private static final int TRIES = 40;

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(FaultyConnections.class, () -> new FaultyConnections(FAULTS)),
          "cofferdam.audit.deadline=400ms");

  private final Browser admin =
      Browser.ofMember(SERVER, SERVER.newTenant().tenant().toString(), Role.ADMIN);
  private final Machine machine = new Machine(SERVER);

  @Test
  void aForgedTokenAsksTheDatabaseNothing() {
    String token = Machine.token(admin, "press");
    long before = FAULTS.total();
    try {
      FAULTS.let(1);
      for (int n = 0; n < FORGED; n++) {
        assertThat(machine.register("cofferdam_boot_" + "%096x".formatted(n)).status())
            .isEqualTo(401);
      }
      assertThat(FAULTS.total()).isEqualTo(before);
      assertThat(machine.register(token).status()).as("a genuine one does").isEqualTo(503);
    } finally {
      FAULTS.let(0);
    }

    assertThat(machine.register(token).status()).isEqualTo(201);
  }

  @Test
  void whateverIsLostOnTheWayTheMachineIsOneNodeInTheEnd() {
    String token = Machine.token(admin, "press");
    int status = 0;
    try {
      FAULTS.let(0.4);
      for (int n = 0; n < TRIES && status != 201; n++) {
        status = machine.register(token).status();
        // 500 where a commit failed for a reason that is no known one.
        assertThat(status).isIn(201, 500, 503);
      }
    } finally {
      FAULTS.let(0);
    }

    assertThat(machine.register(token).status()).isEqualTo(201);
    assertThat(admin.get("/v1/nodes").body().path("items")).hasSize(1);
  }
}
