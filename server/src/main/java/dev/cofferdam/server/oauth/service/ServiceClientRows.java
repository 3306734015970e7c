package dev.cofferdam.server.oauth.service;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clients of the tenant that is bound. None is made here: see {@link MadeServiceClients}. */
final class ServiceClientRows {
  private static final String COLUMNS =
      "client_id, label, role, scopes, keys_public::text as keys_public, made_by, created_at";
  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient app;

  ServiceClientRows(JdbcClient app) {
    this.app = app;
  }

  /** By id, which is by when they were made. */
  Page<ServiceClientView> page(PageRequest asked) {
    @Nullable String after = asked.after();
    List<ServiceClientView> found =
        statement(
                """
                select %s from oauth.service_client
                 where tenant_id = :tenant and client_id > :after order by client_id limit :most
                """)
            .param("after", after == null ? FIRST : UUID.fromString(after))
            .param("most", asked.limit() + 1)
            .query((row, n) -> view(row))
            .list();
    boolean more = found.size() > asked.limit();
    List<ServiceClientView> shown = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(shown, more ? shown.getLast().id().toString() : null);
  }

  Optional<ServiceClientView> find(UUID id) {
    return statement(
            "select %s from oauth.service_client where tenant_id = :tenant and client_id = :id")
        .param("id", id)
        .query((row, n) -> view(row))
        .optional();
  }

  /** What was there, if it was. */
  Optional<ServiceClientView> delete(UUID id) {
    return statement(
            "delete from oauth.service_client where tenant_id = :tenant and client_id = :id returning %s")
        .param("id", id)
        .query((row, n) -> view(row))
        .list()
        .stream()
        .findFirst();
  }

  private JdbcClient.StatementSpec statement(String sql) {
    return app.sql(sql.formatted(COLUMNS)).param("tenant", Tenants.current().value());
  }

  private static ServiceClientView view(ResultSet row) throws SQLException {
    return new ServiceClientView(
        row.getObject("client_id", UUID.class),
        row.getString("label"),
        Stored.of(Role.class, row.getString("role")),
        List.of((String[]) row.getArray("scopes").getArray()),
        KeySet.ofText(row.getString("keys_public")).map(KeySet::thumbprints).orElse(List.of()),
        new PersonId(row.getObject("made_by", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
