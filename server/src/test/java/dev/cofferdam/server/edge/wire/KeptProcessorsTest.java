package dev.cofferdam.server.edge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.edge.wire.RawConnection.Reply;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests over one connection, which are read with what the last one was read with. */
class KeptProcessorsTest {
  private static final int CONNECTIONS = 100;
  private static final String HEAD = "GET %s HTTP/1.1\nHost: localhost\n";

  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  @Test
  void nothingOfARequestIsThereForTheNextOne() throws IOException {
    Browser browser = Browser.ofSomebody(SERVER);
    String known = "Cookie: " + SessionCookie.NAME + "=" + browser.cookie() + "\n";
    try (RawConnection connection = RawConnection.to(SERVER.uri("/"))) {
      for (int time = 0; time < 3; time++) {
        assertThat(answered(connection, HEAD.formatted("/v1/groups") + known).status())
            .isEqualTo(403);
        assertThat(answered(connection, HEAD.formatted("/v1/groups")).status()).isEqualTo(401);
      }
    }
  }

  @Test
  void everyConnectionIsAnsweredHoweverManyThereAre() throws IOException {
    List<RawConnection> connections = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int number = 0; number < CONNECTIONS; number++) {
      connections.add(RawConnection.to(SERVER.uri("/")));
    }
    for (int time = 0; time < 3; time++) {
      for (RawConnection connection : connections) {
        Reply reply = answered(connection, HEAD.formatted("/nothing"));
        assertThat(reply.status()).isEqualTo(404);
        ids.add(reply.field("Cofferdam-Request-Id").orElseThrow());
      }
    }
    assertThat(ids).hasSize(3 * CONNECTIONS);
    for (RawConnection connection : connections) {
      connection.close();
    }
  }

  private static Reply answered(RawConnection connection, String head) throws IOException {
    return connection.lines(head + "\n").reply().orElseThrow();
  }
}
