package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The clients of the tenant that is bound. None is made here: see {@link Clients}. */
final class ClientRows {
  /** What {@link #view} reads. */
  static final String COLUMNS =
      "tenant_id, client_id, name, redirect_uris, scopes, jwk_set, made_by, created_at";

  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient app;

  ClientRows(JdbcClient app) {
    this.app = app;
  }

  Page<ClientView> page(PageRequest asked) {
    @Nullable String after = asked.after();
    List<ClientView> found =
        app.sql(
                """
                select %s from oauth.client
                 where tenant_id = :tenant and client_id > :after order by client_id limit :most
                """
                    .formatted(COLUMNS))
            .param("tenant", Tenants.current().value())
            .param("after", after == null ? FIRST : UUID.fromString(after))
            .param("most", asked.limit() + 1)
            .query((row, n) -> view(row))
            .list();
    boolean more = found.size() > asked.limit();
    List<ClientView> shown = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(shown, more ? shown.getLast().id().toString() : null);
  }

  Optional<ClientView> find(UUID client) {
    return app.sql(
            "select %s from oauth.client where tenant_id = :tenant and client_id = :client"
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("client", client)
        .query((row, n) -> view(row))
        .optional();
  }

  /** What was there, if it was. */
  Optional<ClientView> delete(UUID client) {
    return app
        .sql(
            "delete from oauth.client where tenant_id = :tenant and client_id = :client returning %s"
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .param("client", client)
        .query((row, n) -> view(row))
        .list()
        .stream()
        .findFirst();
  }

  static ClientView view(ResultSet row) throws SQLException {
    @Nullable String keys = row.getString("jwk_set");
    return new ClientView(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        row.getObject("client_id", UUID.class),
        row.getString("name"),
        Stream.of((String[]) row.getArray("redirect_uris").getArray())
            .map(RedirectUri::new)
            .toList(),
        List.of((String[]) row.getArray("scopes").getArray()),
        keys == null ? Optional.empty() : Optional.of(PublicKeys.of(keys).orElseThrow()),
        new PersonId(row.getObject("made_by", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
