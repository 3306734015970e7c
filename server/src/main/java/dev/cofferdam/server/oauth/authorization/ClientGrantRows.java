package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
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

/** The grants of the tenant that is bound. None is made here: see {@link Redemptions}. */
final class ClientGrantRows {
  private static final String COLUMNS =
      "grant_id, client_id, named, person_id, scopes, created_at, used_at, expires_at, ends_at";
  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient app;

  ClientGrantRows(JdbcClient app) {
    this.app = app;
  }

  Page<ClientGrantView> ofPerson(PersonId person, PageRequest asked) {
    @Nullable String after = asked.after();
    List<ClientGrantView> found =
        app.sql(
                """
                select %s from oauth.client_grant
                 where tenant_id = :tenant and person_id = :person and grant_id > :after
                 order by grant_id limit :most
                """
                    .formatted(COLUMNS))
            .param("tenant", Tenants.current().value())
            .param("person", person.value())
            .param("after", after == null ? FIRST : UUID.fromString(after))
            .param("most", asked.limit() + 1)
            .query((row, n) -> view(row))
            .list();
    boolean more = found.size() > asked.limit();
    List<ClientGrantView> shown = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(shown, more ? shown.getLast().id().toString() : null);
  }

  /** What was there of the person's, if it was. */
  Optional<ClientGrantView> deleteOfPerson(PersonId person, ClientGrantId id) {
    return app
        .sql(
            """
            delete from oauth.client_grant
             where tenant_id = :tenant and person_id = :person and grant_id = :id returning %s
            """
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("person", person.value())
        .param("id", id.value())
        .query((row, n) -> view(row))
        .list()
        .stream()
        .findFirst();
  }

  private static ClientGrantView view(ResultSet row) throws SQLException {
    return new ClientGrantView(
        new ClientGrantId(row.getObject("grant_id", UUID.class)),
        new ClientId(row.getString("client_id")),
        row.getString("named"),
        new PersonId(row.getObject("person_id", UUID.class)),
        List.of((String[]) row.getArray("scopes").getArray()),
        instant(row, "created_at"),
        instant(row, "used_at"),
        instant(row, "expires_at"),
        instant(row, "ends_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
