package dev.cofferdam.server.identity;

import dev.cofferdam.server.mail.Delivery;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.mail.Letter;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Letters to the owners of the tenant that is bound, as many as have an address that is known. */
public final class OwnersPost {
  private final JdbcClient app;
  private final MemberProfiles profiles;
  private final Mail mail;

  OwnersPost(JdbcClient app, MemberProfiles profiles, Mail mail) {
    this.app = app;
    this.profiles = profiles;
    this.mail = mail;
  }

  /**
   * Sends it to each of them.
   *
   * @return whether one was put off: then it is to be sent again, and who has it gets it twice
   */
  public boolean isPutOff(String subject, String body) {
    boolean later = false;
    for (EmailAddress owner : addresses()) {
      later |= mail.deliver(new Letter(owner, subject, body)) instanceof Delivery.Deferred;
    }
    return later;
  }

  private List<EmailAddress> addresses() {
    return profiles.of(owners()).values().stream()
        .flatMap(profile -> Optional.ofNullable(profile.email()).flatMap(EmailAddress::of).stream())
        .distinct()
        .toList();
  }

  private List<PersonId> owners() {
    return app.sql(
            """
            select person_id from identity.membership where tenant_id = :tenant and role = 'owner' order by person_id
            """)
        .param("tenant", Tenants.current().value())
        .query((row, n) -> new PersonId(row.getObject("person_id", UUID.class)))
        .list();
  }
}
