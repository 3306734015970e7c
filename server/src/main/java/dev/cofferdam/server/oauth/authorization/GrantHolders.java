package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What grants are now: an agent of their person, in the role that the person has. */
final class GrantHolders implements Holders {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("authenticate"));

  private final JdbcClient ops;

  GrantHolders(JdbcClient ops) {
    this.ops = ops;
  }

  @Override
  public Holder.Kind kind() {
    return Holder.Kind.GRANT;
  }

  @Override
  public Optional<Standing> find(Holder holder, Set<TokenScope> scopes) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql("select person_id, role, scopes from oauth.find_grant(:tenant, :grant)")
                .param("tenant", holder.tenant().value())
                .param("grant", holder.id())
                .query((row, n) -> standing(holder, scopes, row))
                .optional());
  }

  private static Standing standing(Holder holder, Set<TokenScope> scopes, ResultSet row)
      throws SQLException {
    UUID person = row.getObject("person_id", UUID.class);
    Set<TokenScope> held =
        Holders.held(scopes, Redemptions.known((String[]) row.getArray("scopes").getArray()));
    return new Standing(
        new Caller.Agent(
            new PersonId(person),
            new TokenId(holder.id()),
            new Workspace(holder.tenant(), Stored.of(Role.class, row.getString("role"))),
            held),
        held,
        person);
  }
}
