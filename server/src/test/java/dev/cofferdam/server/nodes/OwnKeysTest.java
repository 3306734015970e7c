package dev.cofferdam.server.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.protocol.jose.NodeStatement;
import dev.cofferdam.server.identity.Browser;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that exchanges its keys. */
class OwnKeysTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Scope.OfTenant tenant = SERVER.newTenant();
  private final Browser admin = Browser.ofMember(SERVER, tenant.tenant().toString(), Role.ADMIN);
  private final Machine machine = Machine.registered(SERVER, admin, "press");
  private final Caller.Node node = new Caller.Node(new NodeId(machine.id()), tenant.tenant());
  private final Machine next = new Machine(SERVER);

  private KeyChange change(String statement) {
    Call call = new Call(new RequestId(UUID.randomUUID()), node, InetAddress.getLoopbackAddress());
    return Scopes.call(
        tenant, () -> SERVER.bean(OwnKeys.class).change(call, node, machine.origin(), statement));
  }

  private String stating(Machine keys, UUID of, Machine insteadOf, Instant at) {
    return NodeStatement.change(
        keys.key,
        keys.receivingKey(),
        of.toString(),
        insteadOf.key.jwk().thumbprint(),
        machine.origin(),
        at.getEpochSecond());
  }

  private String stating(Machine keys, Machine insteadOf) {
    return stating(keys, machine.id(), insteadOf, Instant.now());
  }

  private String receivingKey() {
    return Scopes.call(
        tenant,
        () ->
            SERVER
                .app()
                .sql("select key_id from nodes.receiving_key where tenant_id = :tenant")
                .param("tenant", tenant.tenant().value())
                .query(String.class)
                .single());
  }

  @Test
  void fromThenOnTheNewKeysAreItsAndTheOlderOnesNobodys() {
    assertThat(change(stating(next, machine)))
        .isInstanceOfSatisfying(
            KeyChange.Changed.class,
            changed -> {
              assertThat(changed.node().body().authenticationId())
                  .isEqualTo(next.key.jwk().thumbprint());
              assertThat(changed.node().body().keysSince())
                  .isAfter(changed.node().body().registeredAt());
            });

    assertThat(receivingKey()).isEqualTo(next.receivingKey().thumbprint());
    assertThat(admin.get("/v1/nodes/" + machine.id()).text("authentication_key"))
        .isEqualTo(next.key.jwk().thumbprint());
    // Once more, and with the older ones in the place of the newer: neither is what it has.
    assertThat(change(stating(new Machine(SERVER), machine)))
        .isInstanceOf(KeyChange.Outdated.class);
    assertThat(change(stating(next, next))).isInstanceOf(KeyChange.KeyUsed.class);
  }

  @Test
  void ofTwoExchangesAtOnceOneIsDone() throws Exception {
    List<Callable<KeyChange>> tries = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      String statement = stating(new Machine(SERVER), machine);
      tries.add(() -> change(statement));
    }

    int changed = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<KeyChange> answer : threads.invokeAll(tries)) {
        changed += answer.get() instanceof KeyChange.Changed ? 1 : 0;
        assertThat(answer.get()).isInstanceOfAny(KeyChange.Changed.class, KeyChange.Outdated.class);
      }
    }

    assertThat(changed).isEqualTo(1);
  }

  @Test
  void whatIsOfAnotherNodeServerOrTimeOrIsNotSignedChangesNothing() {
    String good = stating(next, machine);
    Machine other = Machine.registered(SERVER, admin, "other");
    for (String statement :
        List.of(
            stating(next, other.id(), machine, Instant.now()),
            stating(next, machine.id(), machine, Instant.now().minus(Duration.ofMinutes(6))),
            good.substring(0, good.length() - 4) + "AAAA",
            machine.statement(Machine.token(admin, "third")),
            "nothing")) {
      assertThat(change(statement)).isInstanceOf(KeyChange.Malformed.class);
    }
    assertThat(change(stating(other, machine))).isInstanceOf(KeyChange.KeyUsed.class);

    assertThat(change(good)).isInstanceOf(KeyChange.Changed.class);
  }

  @Test
  void aRevokedNodeExchangesNothing() {
    admin.write("DELETE", "/v1/nodes/" + machine.id(), null);

    assertThat(change(stating(next, machine))).isInstanceOf(KeyChange.Unknown.class);
  }
}
