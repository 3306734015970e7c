package dev.cofferdam.server.identity.invite;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Slug;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Invites of all tenants by their codes, and letters that are due; for the purpose invite. */
final class FoundInvites {
  private final JdbcClient ops;

  FoundInvites(JdbcClient ops) {
    this.ops = ops;
  }

  /** A letter that is to be sent. */
  record Due(TenantId tenant, InviteId invite) {}

  Optional<FoundInvite> find(InviteCode code) {
    return ops.sql(
            """
            select tenant_id, slug, name, tenant_state, invite_id, address_sealed, role, state, newest, invited_by,
                   invited_in, inviter_role, expires_at
              from identity.find_invite(:hash)
            """)
        .param("hash", code.hash())
        .query((row, n) -> found(row))
        .optional();
  }

  /**
   * Makes the person a member, in the caller's transaction.
   *
   * @return what {@code identity.accept_invite} says of it
   */
  String accept(FoundInvite invite, InviteCode code, PersonId person, Instant now) {
    return ops.sql(
            "select identity.accept_invite(:tenant, :invite, :hash, :person, :inviter, :now)")
        .param("tenant", invite.tenant().value())
        .param("invite", invite.id().value())
        .param("hash", code.hash())
        .param("person", person.value())
        .param("inviter", invite.inviterRole().map(Stored::name).orElse(null))
        .param("now", now.atOffset(UTC))
        .query(String.class)
        .single();
  }

  /** The same for {@code identity.decline_invite}. */
  String decline(FoundInvite invite, InviteCode code, Instant now) {
    return ops.sql("select identity.decline_invite(:tenant, :invite, :hash, :now)")
        .param("tenant", invite.tenant().value())
        .param("invite", invite.id().value())
        .param("hash", code.hash())
        .param("now", now.atOffset(UTC))
        .query(String.class)
        .single();
  }

  List<Due> claim(Instant now, Instant until, int most) {
    return ops.sql("select tenant_id, invite_id from identity.claim_letters(:now, :until, :most)")
        .param("now", now.atOffset(UTC))
        .param("until", until.atOffset(UTC))
        .param("most", most)
        .query(
            (row, n) ->
                new Due(
                    new TenantId(row.getObject("tenant_id", UUID.class)),
                    new InviteId(row.getObject("invite_id", UUID.class))))
        .list();
  }

  private static FoundInvite found(ResultSet row) throws SQLException {
    @Nullable String inviterRole = row.getString("inviter_role");
    return new FoundInvite(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        new Slug(row.getString("slug")),
        row.getString("name"),
        TenantState.ofStored(row.getString("tenant_state")),
        new InviteId(row.getObject("invite_id", UUID.class)),
        row.getBytes("address_sealed"),
        Stored.of(Role.class, row.getString("role")),
        row.getString("state"),
        row.getBoolean("newest"),
        new PersonId(row.getObject("invited_by", UUID.class)),
        new SessionId(row.getObject("invited_in", UUID.class)),
        Optional.ofNullable(inviterRole).map(stored -> Stored.of(Role.class, stored)),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }
}
