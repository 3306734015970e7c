package dev.cofferdam.server.identity.emergency;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.EmergencyId;
import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.Profile;
import dev.cofferdam.server.identity.invite.LetterSender;
import dev.cofferdam.server.mail.Delivery;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.mail.Letter;
import dev.cofferdam.server.mail.Mail;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantEntry;
import dev.cofferdam.server.tenancy.TenantGate;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantProfiles;
import dev.cofferdam.server.tenancy.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells the owners of a tenant, each by a letter, that an operator reads in it. */
final class EmergencyLetters {
  private static final Logger LOG = LoggerFactory.getLogger(EmergencyLetters.class);
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("emergency"));
  private static final int AT_ONCE = 20;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH).withZone(UTC);

  private final JdbcClient app;
  private final JdbcClient ops;
  private final MemberProfiles profiles;
  private final TenantProfiles tenants;
  private final TenantGate gate;
  private final Mail mail;
  private final Clock clock;

  EmergencyLetters(
      JdbcClient app,
      JdbcClient ops,
      MemberProfiles profiles,
      TenantProfiles tenants,
      TenantGate gate,
      Mail mail,
      Clock clock) {
    this.app = app;
    this.ops = ops;
    this.profiles = profiles;
    this.tenants = tenants;
    this.gate = gate;
    this.mail = mail;
    this.clock = clock;
  }

  /** A letter that is to be sent. */
  private record Due(TenantId tenant, EmergencyId emergency, PersonId owner) {}

  /** What it tells, and how often that was tried. */
  private record Told(
      PersonId operator, String reason, Instant openedAt, Instant expiresAt, int attempts) {}

  /**
   * Sends what is due.
   *
   * @return how many letters were due
   */
  int send() {
    Instant now = clock.instant();
    List<Due> due = Scopes.call(SCOPE, () -> claim(now));
    for (Due one : due) {
      // A tenant that is closed is told nothing; should it be opened again, the letter goes then.
      if (gate.enter(one.tenant()) instanceof TenantEntry.Entered(Scope.OfTenant place)) {
        Scopes.run(place, () -> send(one));
      }
    }
    return due.size();
  }

  private List<Due> claim(Instant now) {
    return ops.sql(
            """
            select tenant_id, emergency_id, person_id from identity.claim_emergency_letters(:now, :until, :most)
            """)
        .param("now", now.atOffset(UTC))
        .param("until", now.plus(LetterSender.CLAIM).atOffset(UTC))
        .param("most", AT_ONCE)
        .query(
            (row, n) ->
                new Due(
                    new TenantId(row.getObject("tenant_id", UUID.class)),
                    new EmergencyId(row.getObject("emergency_id", UUID.class)),
                    new PersonId(row.getObject("person_id", UUID.class))))
        .list();
  }

  private void send(Due due) {
    Optional<Told> told = told(due);
    @Nullable Profile owner = profiles.of(List.of(due.owner())).get(due.owner());
    Optional<EmailAddress> to =
        Optional.ofNullable(owner).map(Profile::email).flatMap(EmailAddress::of);
    if (told.isEmpty() || to.isEmpty()) {
      if (to.isEmpty()) {
        LOG.warn(
            "An owner of {} has no address, and hears of an emergency on pages alone.",
            due.tenant());
      }
      forget(due);
      return;
    }
    switch (mail.deliver(letter(to.get(), told.get()))) {
      case Delivery.HandedOver taken -> forget(due);
      case Delivery.Refused refused -> forget(due);
      case Delivery.Deferred later -> {
        Optional<Duration> pause = LetterSender.pause(told.get().attempts() + 1);
        pause.ifPresentOrElse(wait -> again(due, clock.instant().plus(wait)), () -> forget(due));
      }
    }
  }

  private Optional<Told> told(Due due) {
    return app.sql(
            """
            select e.operator_id, e.reason, e.opened_at, e.expires_at, l.attempts
              from identity.emergency_letter l
              join identity.emergency e on e.tenant_id = l.tenant_id and e.emergency_id = l.emergency_id
             where l.tenant_id = :tenant and l.emergency_id = :emergency and l.person_id = :owner
            """)
        .param("tenant", Tenants.current().value())
        .param("emergency", due.emergency().value())
        .param("owner", due.owner().value())
        .query(
            (row, n) ->
                new Told(
                    new PersonId(row.getObject("operator_id", UUID.class)),
                    row.getString("reason"),
                    row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                    row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                    row.getInt("attempts")))
        .optional();
  }

  private Letter letter(EmailAddress to, Told told) {
    String tenant = tenants.current().name();
    return new Letter(
        to,
        "An operator reads in " + tenant,
        """
        An operator of the platform has broken the glass to read in the workspace "%s".

        Who: operator %s
        Why: %s
        From: %s
        Until: %s at the latest

        They can read what members can see, and change nothing. Each thing that they
        read is a record in your audit log. You end it at any time: sign in, and press
        "End it" on the home page of the workspace.
        """
            .formatted(
                tenant,
                told.operator(),
                told.reason(),
                MINUTE.format(told.openedAt()),
                MINUTE.format(told.expiresAt())));
  }

  private void forget(Due due) {
    app.sql(
            """
            delete from identity.emergency_letter
             where tenant_id = :tenant and emergency_id = :emergency and person_id = :owner
            """)
        .param("tenant", Tenants.current().value())
        .param("emergency", due.emergency().value())
        .param("owner", due.owner().value())
        .update();
  }

  private void again(Due due, Instant at) {
    app.sql(
            """
            update identity.emergency_letter set due_at = :at, attempts = attempts + 1
             where tenant_id = :tenant and emergency_id = :emergency and person_id = :owner
            """)
        .param("at", at.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("emergency", due.emergency().value())
        .param("owner", due.owner().value())
        .update();
  }
}
