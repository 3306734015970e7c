package dev.cofferdam.server.oauth.device;

import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientKind;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.surface.TokenScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line that comes with this server: known without being registered, so that whoever has
 * an account can begin. It is public: any program can call itself so, and the page says that. There
 * is no place that answers of a browser could go to.
 */
final class CommandLineClient {
  static final ClientId ID = new ClientId("cofferdam-cli");

  private static final String NAME = "Cofferdam command line";

  private final boolean allowed;

  CommandLineClient(DeviceSettings settings) {
    this.allowed = settings.commandLine();
  }

  /** As those meet it whom it asks. */
  Optional<Application> application(ClientId id) {
    return isIt(id)
        ? Optional.of(
            new Application(
                ID,
                Optional.empty(),
                Application.Provenance.PLATFORM,
                NAME,
                List.of(),
                EnumSet.allOf(TokenScope.class)))
        : Optional.empty();
  }

  /** As the token endpoint knows it. */
  Optional<Client> client(ClientId id) {
    return isIt(id)
        ? Optional.of(
            new Client(
                ID,
                Optional.empty(),
                ClientKind.APPLICATION,
                new ClientAuthentication.None(),
                Optional.empty(),
                Set.of(GrantType.DEVICE_CODE, "refresh_token")))
        : Optional.empty();
  }

  private boolean isIt(ClientId id) {
    return allowed && id.equals(ID);
  }
}
