package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientKind;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Service clients by their id, of whichever tenant: as clients, and as holders of their tokens. */
final class FoundServiceClients implements ClientRegistry, Holders {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("authenticate"));
  private static final Set<String> GRANTS = Set.of("client_credentials");

  private final JdbcClient ops;

  FoundServiceClients(JdbcClient ops) {
    this.ops = ops;
  }

  private record Found(UUID id, TenantId tenant, Role role, Set<TokenScope> scopes, String keys) {}

  @Override
  public Optional<Client> find(ClientId id) {
    return uuid(id).flatMap(this::read).flatMap(FoundServiceClients::client);
  }

  /** Without keys that can be read it is none: it could not show who it is. */
  private static Optional<Client> client(Found found) {
    return KeySet.ofText(found.keys())
        .map(
            keys ->
                new Client(
                    new ClientId(found.id().toString()),
                    Optional.of(found.tenant()),
                    ClientKind.SERVICE,
                    new ClientAuthentication.PrivateKeyJwt(keys.keys()),
                    Optional.of(new Holder(Holder.Kind.SERVICE, found.tenant(), found.id())),
                    GRANTS));
  }

  @Override
  public Holder.Kind kind() {
    return Holder.Kind.SERVICE;
  }

  @Override
  public Optional<Standing> find(Holder holder, Set<TokenScope> scopes) {
    return read(holder.id())
        .filter(found -> found.tenant().equals(holder.tenant()))
        .map(found -> standing(found, scopes));
  }

  private static Standing standing(Found found, Set<TokenScope> asked) {
    Set<TokenScope> scopes = Holders.held(asked, found.scopes());
    return new Standing(
        new Caller.Service(
            new ServiceId(found.id()),
            new TokenId(found.id()),
            new Workspace(found.tenant(), found.role()),
            scopes),
        scopes,
        found.id());
  }

  private Optional<Found> read(UUID id) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql(
                    "select tenant_id, role, scopes, keys_public from oauth.find_service_client(:id)")
                .param("id", id)
                .query((row, n) -> found(id, row))
                .optional());
  }

  private static Found found(UUID id, ResultSet row) throws SQLException {
    return new Found(
        id,
        new TenantId(row.getObject("tenant_id", UUID.class)),
        Stored.of(Role.class, row.getString("role")),
        // A scope that this server does not know allows nothing.
        Stream.of((String[]) row.getArray("scopes").getArray())
            .flatMap(text -> TokenScope.of(text).stream())
            .collect(Collectors.toSet()),
        row.getString("keys_public"));
  }

  /** In one spelling alone: else one client would have many names in records. */
  private static Optional<UUID> uuid(ClientId id) {
    try {
      UUID named = UUID.fromString(id.value());
      return named.toString().equals(id.value()) ? Optional.of(named) : Optional.empty();
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }
}
