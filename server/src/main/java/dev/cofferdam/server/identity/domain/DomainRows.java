package dev.cofferdam.server.identity.domain;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Stored;
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

/** The claims of the tenant that is bound. */
final class DomainRows {
  private static final String COLUMNS =
      "domain_id, name, challenge, state, finding, checked_at, proven_at, held_until, lapse,"
          + " claimed_at";

  private final JdbcClient app;

  DomainRows(JdbcClient app) {
    this.app = app;
  }

  /** A letter about a domain that is to be sent. */
  record Letter(DomainView domain, int attempts) {}

  List<DomainView> page(UUID after, int most) {
    return app.sql(
            """
            select %s from identity.domain
             where tenant_id = :tenant and domain_id > :after order by domain_id limit :most
            """
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("after", after)
        .param("most", most)
        .query((row, n) -> view(row))
        .list();
  }

  Optional<DomainView> find(DomainId id) {
    return app.sql(
            "select %s from identity.domain where tenant_id = :tenant and domain_id = :id"
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query((row, n) -> view(row))
        .optional();
  }

  int count() {
    return app.sql("select count(*) from identity.domain where tenant_id = :tenant")
        .param("tenant", Tenants.current().value())
        .query(Integer.class)
        .single();
  }

  /** False when the tenant has claimed it already. */
  boolean insert(DomainId id, DomainName name, Challenge challenge, PersonId by, Instant now) {
    return app.sql(
                """
                insert into identity.domain (tenant_id, domain_id, name, challenge, claimed_by, claimed_at)
                values (:tenant, :id, :name, :challenge, :by, :now)
                on conflict (tenant_id, name) do nothing
                """)
            .param("tenant", Tenants.current().value())
            .param("id", id.value())
            .param("name", name.text())
            .param("challenge", challenge.value())
            .param("by", by.value())
            .param("now", now.atOffset(UTC))
            .update()
        == 1;
  }

  /** What was there, if it was. */
  Optional<DomainView> delete(DomainId id) {
    return app
        .sql(
            "delete from identity.domain where tenant_id = :tenant and domain_id = :id returning %s"
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query((row, n) -> view(row))
        .list()
        .stream()
        .findFirst();
  }

  /** Whether addresses in this domain are believed at this time. */
  boolean isHeld(String name, Instant at) {
    return app.sql(
            """
            select exists (select from identity.domain
                            where tenant_id = :tenant and name = :name and state = 'proven' and held_until > :at)
            """)
        .param("tenant", Tenants.current().value())
        .param("name", name)
        .param("at", at.atOffset(UTC))
        .query(Boolean.class)
        .single();
  }

  Optional<Letter> letter(DomainId id) {
    return app.sql(
            """
            select %s, letter_attempts from identity.domain
             where tenant_id = :tenant and domain_id = :id and letter = 'waiting'
            """
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query((row, n) -> new Letter(view(row), row.getInt("letter_attempts")))
        .optional();
  }

  /** That the letter needs no more attempts. One that another event made due meanwhile stays. */
  void letterEnded(Letter letter) {
    app.sql(
            """
            update identity.domain
               set letter = 'none', due_at = case when state = 'proven' then due_at end
             where tenant_id = :tenant and domain_id = :id and state = :state
            """)
        .param("tenant", Tenants.current().value())
        .param("id", letter.domain().id().value())
        .param("state", Stored.name(letter.domain().state()))
        .update();
  }

  void letterDeferred(Letter letter, Instant until) {
    app.sql(
            """
            update identity.domain
               set letter_attempts = letter_attempts + 1, due_at = case when state = 'proven' then due_at else :until end
             where tenant_id = :tenant and domain_id = :id and letter = 'waiting'
            """)
        .param("tenant", Tenants.current().value())
        .param("id", letter.domain().id().value())
        .param("until", until.atOffset(UTC))
        .update();
  }

  private static DomainView view(ResultSet row) throws SQLException {
    DomainName name = new DomainName(row.getString("name"));
    return new DomainView(
        new DomainId(row.getObject("domain_id", UUID.class)),
        name,
        Challenge.placeOf(name),
        row.getString("challenge"),
        Stored.of(DomainView.State.class, row.getString("state")),
        stored(DomainView.Finding.class, row.getString("finding")),
        instant(row, "checked_at"),
        instant(row, "proven_at"),
        instant(row, "held_until"),
        stored(DomainView.Lapse.class, row.getString("lapse")),
        row.getObject("claimed_at", OffsetDateTime.class).toInstant());
  }

  private static <E extends Enum<E>> Optional<E> stored(Class<E> type, @Nullable String text) {
    return Optional.ofNullable(text).map(known -> Stored.of(type, known));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
