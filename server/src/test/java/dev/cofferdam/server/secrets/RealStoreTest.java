package dev.cofferdam.server.secrets;

import dev.cofferdam.server.edge.door.Strangers;
import dev.cofferdam.server.surface.Authenticator;
import dev.cofferdam.server.testing.RealVault;
import dev.cofferdam.server.testing.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The same against an OpenBao or a Vault in its mode for developers, by a token in a file: where
 * one is on the path. What {@link SecretStoreDouble} answers is held against what it does.
 */
class RealStoreTest extends ValueStoreContract {
  private static final int PORT = RealVault.freePort();
  private static final KeyValueClient KEEPER =
      new KeyValueClient("http://127.0.0.1:" + PORT, RealVault.ROOT);

  @RegisterExtension
  static final RunningServer SERVER =
      RunningServer.own(
          context ->
              context.registerBean(
                  Authenticator.class, Strangers::new, bean -> bean.setPrimary(true)),
          "cofferdam.egress.allowed=127.0.0.1:" + PORT,
          "cofferdam.secret-store.address=http://127.0.0.1:" + PORT,
          "cofferdam.secret-store.token-file=" + file(RealVault.ROOT));

  private static RealVault vault;

  private boolean stopped;

  RealStoreTest() {
    super(new Yard(SERVER, SERVER.newTenant()));
  }

  private static Path file(String text) {
    try {
      Path file = Files.createTempFile("cofferdam", ".token");
      file.toFile().deleteOnExit();
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    vault = RealVault.startedAt(PORT);
  }

  @AfterAll
  static void stop() {
    if (vault != null) {
      vault.close();
    }
  }

  @Override
  void make(String name) {
    writer.write(
        "POST",
        "/v1/projects/" + yard.project + "/secrets",
        Map.of("name", name, "reference", Map.of("path", "app/" + name)));
  }

  @Override
  void put(String name, byte[] value) {
    KEEPER.put(yard.scope.tenant(), "app/" + name, value);
  }

  @Override
  void destroy(String name, long version) {
    KEEPER.destroy(yard.scope.tenant(), "app/" + name, version);
  }

  @Override
  void failing(boolean now) {
    if (now != stopped) {
      stopped = now;
      vault.stopped(now);
    }
  }
}
