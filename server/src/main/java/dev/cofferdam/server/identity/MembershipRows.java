package dev.cofferdam.server.identity;

import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The memberships of the tenant that is bound. */
final class MembershipRows {
  private static final String COLUMNS =
      "person_id, role, version, joined_at, changed_at, own_provider";

  private final JdbcClient app;

  MembershipRows(JdbcClient app) {
    this.app = app;
  }

  List<MemberView> page(UUID after, int most) {
    return app.sql(
            """
            select %s from identity.membership
             where tenant_id = :tenant and person_id > :after order by person_id limit :most
            """
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("after", after)
        .param("most", most)
        .query((row, n) -> view(row))
        .list();
  }

  /** The owners and these, in one order, kept from others until the transaction ends. */
  List<MemberView> lockOwnersAnd(PersonId... members) {
    return app.sql(
            """
            select %s from identity.membership
             where tenant_id = :tenant and (role = 'owner' or person_id = any (:persons))
             order by person_id for update
            """
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("persons", Arrays.stream(members).map(PersonId::value).toArray(UUID[]::new))
        .query((row, n) -> view(row))
        .list();
  }

  Optional<Role> role(PersonId person) {
    return role(person, "");
  }

  /** The same, kept from others who would change it until the transaction ends. */
  Optional<Role> lockedRole(PersonId person) {
    return role(person, " for share");
  }

  private Optional<Role> role(PersonId person, String lock) {
    return app.sql(
            "select role from identity.membership where tenant_id = :tenant and person_id = :person"
                + lock)
        .param("tenant", Tenants.current().value())
        .param("person", person.value())
        .query((row, n) -> Stored.of(Role.class, row.getString("role")))
        .optional();
  }

  MemberView change(PersonId member, Role role, Instant now) {
    return app.sql(
            """
            update identity.membership set role = :role, version = version + 1, changed_at = :now
             where tenant_id = :tenant and person_id = :person returning %s
            """
                .formatted(COLUMNS))
        .param("role", Stored.name(role))
        .param("now", now.atOffset(ZoneOffset.UTC))
        .param("tenant", Tenants.current().value())
        .param("person", member.value())
        .query((row, n) -> view(row))
        .single();
  }

  MemberView remove(PersonId member) {
    return app.sql(
            """
            delete from identity.membership where tenant_id = :tenant and person_id = :person returning %s
            """
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("person", member.value())
        .query((row, n) -> view(row))
        .single();
  }

  private static MemberView view(ResultSet row) throws SQLException {
    return new MemberView(
        new PersonId(row.getObject("person_id", UUID.class)),
        Stored.of(Role.class, row.getString("role")),
        row.getLong("version"),
        row.getObject("joined_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("own_provider"));
  }
}
