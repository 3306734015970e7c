package dev.cofferdam.server.identity.token;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenId;
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

/** The tokens of the tenant that is bound. None is made here: see {@link MadeTokens}. */
final class TokenRows {
  private static final String COLUMNS =
      "token_id, label, scopes, service_id, role, made_by, created_at, used_at, expires_at";
  private static final UUID FIRST = new UUID(0, 0);
  private static final String OF_PERSON = "person_id = :person";
  private static final String OF_SERVICES = "service_id is not null";

  private final JdbcClient app;

  TokenRows(JdbcClient app) {
    this.app = app;
  }

  Page<TokenView> ofPerson(PersonId person, PageRequest asked) {
    return page(OF_PERSON, person, asked);
  }

  Page<TokenView> ofServices(PageRequest asked) {
    return page(OF_SERVICES, null, asked);
  }

  private Page<TokenView> page(String whose, @Nullable PersonId person, PageRequest asked) {
    @Nullable String after = asked.after();
    List<TokenView> found =
        page(whose, person, after == null ? FIRST : UUID.fromString(after), asked.limit() + 1);
    boolean more = found.size() > asked.limit();
    List<TokenView> shown = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(shown, more ? shown.getLast().id().toString() : null);
  }

  private List<TokenView> page(String whose, @Nullable PersonId person, UUID after, int most) {
    return statement(
            """
            select %s from identity.token
             where tenant_id = :tenant and %s and token_id > :after order by token_id limit :most
            """
                .formatted(COLUMNS, whose),
            person)
        .param("after", after)
        .param("most", most)
        .query((row, n) -> view(row))
        .list();
  }

  Optional<TokenView> ofService(TokenId id) {
    return statement(
            "select %s from identity.token where tenant_id = :tenant and %s and token_id = :id"
                .formatted(COLUMNS, OF_SERVICES),
            null)
        .param("id", id.value())
        .query((row, n) -> view(row))
        .optional();
  }

  /** What was there of the person's, if it was. */
  Optional<TokenView> deleteOfPerson(PersonId person, TokenId id) {
    return delete(OF_PERSON, person, id);
  }

  /** The same of services. */
  Optional<TokenView> deleteOfService(TokenId id) {
    return delete(OF_SERVICES, null, id);
  }

  private Optional<TokenView> delete(String whose, @Nullable PersonId person, TokenId id) {
    return statement(
            "delete from identity.token where tenant_id = :tenant and %s and token_id = :id returning %s"
                .formatted(whose, COLUMNS),
            person)
        .param("id", id.value())
        .query((row, n) -> view(row))
        .list()
        .stream()
        .findFirst();
  }

  private JdbcClient.StatementSpec statement(String sql, @Nullable PersonId person) {
    JdbcClient.StatementSpec statement = app.sql(sql).param("tenant", Tenants.current().value());
    return person == null ? statement : statement.param("person", person.value());
  }

  private static TokenView view(ResultSet row) throws SQLException {
    @Nullable UUID service = row.getObject("service_id", UUID.class);
    return new TokenView(
        new TokenId(row.getObject("token_id", UUID.class)),
        row.getString("label"),
        List.of((String[]) row.getArray("scopes").getArray()),
        service == null
            ? Optional.empty()
            : Optional.of(
                new TokenView.OfService(
                    new ServiceId(service), Stored.of(Role.class, row.getString("role")))),
        new PersonId(row.getObject("made_by", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("used_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        row.getObject("expires_at", OffsetDateTime.class).toInstant());
  }
}
