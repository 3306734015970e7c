package dev.cofferdam.server.identity;

import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How the members of the bound tenant are called, so that they can see who else is in: as their
 * identity provider said when they last came in. Sealed under the tenant's key, and gone with the
 * membership.
 */
public final class MemberProfiles {
  private static final long NEVER_CHANGED = 1;

  private final JdbcClient app;
  private final ColumnCipher cipher;
  private final Sessions sessions;
  private final Clock clock;

  MemberProfiles(JdbcClient app, ColumnCipher cipher, Sessions sessions, Clock clock) {
    this.app = app;
    this.cipher = cipher;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Notes how the caller is called now; nothing where they are no member. */
  public void note(Caller.Person caller) {
    byte[] sealed = Profiles.seal(cipher, cell(caller.id()), sessions.profile(caller));
    try {
      app.sql(
              """
              insert into identity.member_profile (tenant_id, person_id, profile_sealed, noted_at)
              select tenant_id, person_id, :profile, :now from identity.membership
               where tenant_id = :tenant and person_id = :person
              on conflict (tenant_id, person_id)
              do update set profile_sealed = excluded.profile_sealed, noted_at = excluded.noted_at
              """)
          .param("profile", sealed)
          .param("now", clock.instant().atOffset(ZoneOffset.UTC))
          .param("tenant", Tenants.current().value())
          .param("person", caller.id().value())
          .update();
    } catch (DataIntegrityViolationException noMemberAnyMore) {
      // Removed in this very moment: there is nobody to be called anything.
    }
  }

  /** How these are called; empty fields for those of whom nothing is known. */
  public Map<PersonId, Profile> of(Collection<PersonId> persons) {
    // Read to the end before anything is opened: a key may have to be read too, and who waits for a
    // second connection while they hold the first may wait for somebody who does the same.
    List<Row> rows =
        app.sql(
                """
                select person_id, profile_sealed from identity.member_profile
                 where tenant_id = :tenant and person_id = any (:persons)
                """)
            .param("tenant", Tenants.current().value())
            .param("persons", persons.stream().map(PersonId::value).toArray(UUID[]::new))
            .query(
                (row, number) ->
                    new Row(
                        new PersonId(row.getObject("person_id", UUID.class)),
                        row.getBytes("profile_sealed")))
            .list();
    Map<PersonId, Profile> found = new HashMap<>();
    try (ColumnCipher.Batch batch = cipher.batch()) {
      for (Row row : rows) {
        found.put(row.person(), Profiles.read(batch.open(cell(row.person()), row.sealed())));
      }
    }
    for (PersonId person : persons) {
      found.putIfAbsent(person, Profiles.UNKNOWN);
    }
    return found;
  }

  private record Row(PersonId person, byte[] sealed) {}

  private static ColumnCipher.Cell cell(PersonId person) {
    return new ColumnCipher.Cell(
        "identity.member_profile.profile_sealed", person.value(), NEVER_CHANGED);
  }
}
