package dev.cofferdam.server.secrets;

import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.Faults;
import dev.cofferdam.server.testing.FaultyConnections;
import dev.cofferdam.server.testing.RunningServer;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Values beside their secrets, in PostgreSQL. */
class OwnValuesTest extends ValueStoreContract {
  private static final Faults FAULTS = new Faults(Pattern.compile("nodes\\.receiving_key"));

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context -> {
            context.registerBean(
                Authenticator.class, Strangers::new, bean -> bean.setPrimary(true));
            context.registerBean(FaultyConnections.class, () -> new FaultyConnections(FAULTS));
          });

  OwnValuesTest() {
    super(new Yard(SERVER, SERVER.newTenant()));
  }

  @Override
  void make(String name) {
    writer.write("POST", "/v1/projects/" + yard.project + "/secrets", Map.of("name", name));
  }

  @Override
  void put(String name, byte[] value) {
    writer.puts(name, value);
  }

  @Override
  void destroy(String name, long version) {
    Ring ring = new Ring.OfTenant(yard.scope.tenant(), KeyPurpose.DATA);
    Scopes.call(yard.scope, () -> SERVER.bean(Keyring.class).destroyAll(ring));
  }

  @Override
  void failing(boolean now) {
    FAULTS.let(now ? 1 : 0);
  }
}
