package dev.cofferdam.server.identity.invite;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The invites of the tenant that is bound. */
final class InviteRows {
  private static final String COLUMNS =
      "invite_id, address_sealed, role, state, letter, letter_attempts, invited_by, origin, version,"
          + " created_at, expires_at, accepted_by";

  private final JdbcClient app;

  InviteRows(JdbcClient app) {
    this.app = app;
  }

  /** As it is stored. */
  record Row(
      InviteId id,
      byte[] addressSealed,
      Role role,
      String state,
      String letter,
      int letterAttempts,
      PersonId invitedBy,
      String origin,
      long version,
      Instant createdAt,
      Instant expiresAt,
      @Nullable PersonId acceptedBy) {
    boolean isOpen() {
      return state.equals("open");
    }
  }

  /**
   * A new one.
   *
   * @param addressMac by which another for the same address is found
   */
  record New(
      InviteId id,
      byte[] addressSealed,
      byte[] addressMac,
      Role role,
      PersonId by,
      SessionId in,
      String origin,
      Instant now,
      Instant expires) {}

  List<Row> page(UUID after, int most) {
    return sql("""
            select %s from identity.invite
             where tenant_id = :tenant and invite_id > :after order by invite_id limit :most
            """)
        .param("after", after)
        .param("most", most)
        .query((row, n) -> row(row))
        .list();
  }

  List<Row> pageBack(UUID before, int most) {
    return sql("""
            select %s from identity.invite
             where tenant_id = :tenant and invite_id < :before order by invite_id desc limit :most
            """)
        .param("before", before)
        .param("most", most)
        .query((row, n) -> row(row))
        .list();
  }

  Optional<Row> find(InviteId id) {
    return sql("select %s from identity.invite where tenant_id = :tenant and invite_id = :invite")
        .param("invite", id.value())
        .query((row, n) -> row(row))
        .optional();
  }

  /** The invite, kept from others until the transaction ends. */
  Optional<Row> findLocked(InviteId id) {
    return sql("select %s from identity.invite where tenant_id = :tenant and invite_id = :invite for"
            + " update")
        .param("invite", id.value())
        .query((row, n) -> row(row))
        .optional();
  }

  /** What the caller is now, whatever it was when the request was let in; kept from others. */
  Optional<Role> roleOf(PersonId person) {
    return sql("""
            select role from identity.membership
             where tenant_id = :tenant and person_id = :person for share
            """)
        .param("person", person.value())
        .query((row, n) -> Stored.of(Role.class, row.getString("role")))
        .optional();
  }

  int countOpen(Instant now) {
    return sql("""
            select count(*) from identity.invite
             where tenant_id = :tenant and state = 'open' and expires_at > :now
            """)
        .param("now", now.atOffset(UTC))
        .query(Integer.class)
        .single();
  }

  /** Makes room for a new one to an address whose earlier one has expired. */
  void endExpired(byte[] addressMac, Instant now) {
    sql("""
            update identity.invite
               set state = 'revoked', letter = 'sent', letter_due = null, version = version + 1, changed_at = :now
             where tenant_id = :tenant and address_mac = :mac and state = 'open' and expires_at <= :now
            """)
        .param("mac", addressMac)
        .param("now", now.atOffset(UTC))
        .update();
  }

  /** Inserts, unless the address has an open one. */
  boolean insert(New made) {
    return sql("""
                insert into identity.invite
                  (tenant_id, invite_id, address_sealed, address_mac, role, state, invited_by, invited_in, origin, letter,
                   letter_due, created_at, changed_at, expires_at)
                values (:tenant, :invite, :address, :mac, :role, 'open', :by, :in, :origin, 'waiting', :now, :now, :now,
                        :expires)
                on conflict (tenant_id, address_mac) where state = 'open' do nothing
                """)
            .param("invite", made.id().value())
            .param("address", made.addressSealed())
            .param("mac", made.addressMac())
            .param("role", Stored.name(made.role()))
            .param("by", made.by().value())
            .param("in", made.in().value())
            .param("origin", made.origin())
            .param("now", made.now().atOffset(UTC))
            .param("expires", made.expires().atOffset(UTC))
            .update()
        == 1;
  }

  /** Has it sent again, on somebody's answer who may be another than before. */
  Row resend(InviteId id, PersonId by, SessionId in, String origin, Instant now, Instant expires) {
    return sql("""
            update identity.invite
               set invited_by = :by, invited_in = :in, origin = :origin, letter = 'waiting', letter_attempts = 0,
                   letter_due = :now, expires_at = :expires, version = version + 1, changed_at = :now
             where tenant_id = :tenant and invite_id = :invite returning %s
            """)
        .param("by", by.value())
        .param("in", in.value())
        .param("origin", origin)
        .param("now", now.atOffset(UTC))
        .param("expires", expires.atOffset(UTC))
        .param("invite", id.value())
        .query((row, n) -> row(row))
        .single();
  }

  Row revoke(InviteId id, Instant now) {
    return sql("""
            update identity.invite
               set state = 'revoked', letter = 'sent', letter_due = null, version = version + 1, changed_at = :now
             where tenant_id = :tenant and invite_id = :invite returning %s
            """)
        .param("now", now.atOffset(UTC))
        .param("invite", id.value())
        .query((row, n) -> row(row))
        .single();
  }

  /**
   * Gives the next letter its code: the one before is worth nothing from now on.
   *
   * @param due when it is tried again, should nobody say what became of this attempt
   */
  void attempt(InviteId id, byte[] codeHash, Instant due) {
    sql("""
            update identity.invite
               set code_hash = :hash, letter_attempts = letter_attempts + 1, letter_due = :due
             where tenant_id = :tenant and invite_id = :invite
            """)
        .param("hash", codeHash)
        .param("due", due.atOffset(UTC))
        .param("invite", id.value())
        .update();
  }

  /**
   * Notes what became of the letter with this code, unless another has taken its place.
   *
   * @param due when it is tried again, or null
   */
  void note(InviteId id, byte[] codeHash, String letter, @Nullable Instant due) {
    sql("""
            update identity.invite
               set letter = :letter, letter_due = :due
             where tenant_id = :tenant and invite_id = :invite and code_hash = :hash and state = 'open'
               and letter_attempts > 0
            """)
        .param("letter", letter)
        .param(
            "due", due == null ? null : due.atOffset(UTC), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .param("invite", id.value())
        .param("hash", codeHash)
        .update();
  }

  private StatementSpec sql(String text) {
    return app.sql(text.replace("%s", COLUMNS)).param("tenant", Tenants.current().value());
  }

  private static Row row(ResultSet row) throws SQLException {
    @Nullable UUID acceptedBy = row.getObject("accepted_by", UUID.class);
    return new Row(
        new InviteId(row.getObject("invite_id", UUID.class)),
        row.getBytes("address_sealed"),
        Stored.of(Role.class, row.getString("role")),
        row.getString("state"),
        row.getString("letter"),
        row.getInt("letter_attempts"),
        new PersonId(row.getObject("invited_by", UUID.class)),
        row.getString("origin"),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        acceptedBy == null ? null : new PersonId(acceptedBy));
  }
}
