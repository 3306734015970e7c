package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientKeys;
import dev.cofferdam.server.oauth.ClientKind;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clients of tenants, by what they call themselves: before it is known whose they are. */
public final class PlacedClients {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("client"));

  /** By which it gets tokens. */
  static final Set<String> GRANTS = Set.of("authorization_code", "refresh_token");

  /** And one for whom a tenant answers, also where nothing leads back to it. */
  static final Set<String> GRANTS_OF_TENANTS =
      Set.of("authorization_code", "refresh_token", GrantType.DEVICE_CODE);

  private final JdbcClient ops;

  PlacedClients(JdbcClient ops) {
    this.ops = ops;
  }

  /**
   * The client, if it is one of a tenant's.
   *
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  public Optional<ClientView> find(ClientId id) {
    return ClientIds.uuid(id)
        .flatMap(
            client ->
                Scopes.call(
                    SCOPE,
                    () ->
                        ops.sql(
                                "select %s from oauth.find_client(:client)"
                                    .formatted(ClientRows.COLUMNS))
                            .param("client", client)
                            .query((row, n) -> ClientRows.view(row))
                            .optional()));
  }

  /** As the consent page knows them. */
  Applications applications() {
    return id -> find(id).map(Application::of);
  }

  /** As the token endpoint knows them. */
  ClientRegistry registry() {
    return id -> find(id).map(client -> registered(id, client));
  }

  private static Client registered(ClientId id, ClientView client) {
    return new Client(
        id,
        Optional.of(client.tenant()),
        ClientKind.APPLICATION,
        client
            .keys()
            .<ClientAuthentication>map(
                keys -> new ClientAuthentication.PrivateKeyJwt(ClientKeys.of(keys.set())))
            .orElseGet(ClientAuthentication.None::new),
        Optional.empty(),
        GRANTS_OF_TENANTS);
  }
}
