package dev.cofferdam.server.oauth.exchange;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the tenant that is bound trusts. No rule is made here: see {@link Trust}. */
final class TrustRows {
  private static final String ISSUER =
      "issuer_id, label, issuer, jwks_url, audience, reusable, made_by, created_at";
  private static final String RULE =
      "rule_id, issuer_id, label, conditions::text as conditions, service_id, role, scopes, made_by,"
          + " created_at, used_at, refused_at, refused_because";
  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient app;

  TrustRows(JdbcClient app) {
    this.app = app;
  }

  Page<TrustedIssuerView> page(PageRequest asked) {
    @Nullable String after = asked.after();
    List<TrustedIssuerView> found =
        app.sql(
                """
                select %s from oauth.trusted_issuer
                 where tenant_id = :tenant and issuer_id > :after order by issuer_id limit :most
                """
                    .formatted(ISSUER))
            .param("tenant", Tenants.current().value())
            .param("after", after == null ? FIRST : UUID.fromString(after))
            .param("most", asked.limit() + 1)
            .query((row, n) -> issuer(row))
            .list();
    boolean more = found.size() > asked.limit();
    List<TrustedIssuerView> shown = more ? found.subList(0, asked.limit()) : found;
    return new Page<>(shown, more ? shown.getLast().id().toString() : null);
  }

  Optional<TrustedIssuerView> find(TrustedIssuerId id) {
    return app.sql(
            "select %s from oauth.trusted_issuer where tenant_id = :tenant and issuer_id = :id"
                .formatted(ISSUER))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query((row, n) -> issuer(row))
        .optional();
  }

  int count() {
    return app.sql("select count(*) from oauth.trusted_issuer where tenant_id = :tenant")
        .param("tenant", Tenants.current().value())
        .query(Integer.class)
        .single();
  }

  void insert(TrustedIssuerView issuer) {
    app.sql(
            """
            insert into oauth.trusted_issuer (tenant_id, issuer_id, label, issuer, jwks_url, audience, reusable, made_by,
                                              created_at)
            values (:tenant, :id, :label, :issuer, :keys, :audience, :reusable, :by, :now)
            """)
        .param("tenant", Tenants.current().value())
        .param("id", issuer.id().value())
        .param("label", issuer.label())
        .param("issuer", issuer.issuer())
        .param("keys", issuer.keys().orElse(null), Types.VARCHAR)
        .param("audience", issuer.audience())
        .param("reusable", issuer.reusable())
        .param("by", issuer.madeBy().value())
        .param("now", issuer.createdAt().atOffset(UTC))
        .update();
  }

  /** What was there, if it was; its rules go with it. */
  Optional<TrustedIssuerView> delete(TrustedIssuerId id) {
    return app
        .sql(
            "delete from oauth.trusted_issuer where tenant_id = :tenant and issuer_id = :id returning %s"
                .formatted(ISSUER))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query((row, n) -> issuer(row))
        .list()
        .stream()
        .findFirst();
  }

  /** All of an issuer, in the order in which they were made. */
  List<RuleView> rules(TrustedIssuerId of) {
    return app.sql(
            """
            select %s from oauth.exchange_rule where tenant_id = :tenant and issuer_id = :issuer order by rule_id
            """
                .formatted(RULE))
        .param("tenant", Tenants.current().value())
        .param("issuer", of.value())
        .query((row, n) -> rule(row))
        .list();
  }

  /** What was there, if it was. */
  Optional<RuleView> delete(TrustedIssuerId of, RuleId id) {
    return app
        .sql(
            """
            delete from oauth.exchange_rule where tenant_id = :tenant and issuer_id = :issuer and rule_id = :id
            returning %s
            """
                .formatted(RULE))
        .param("tenant", Tenants.current().value())
        .param("issuer", of.value())
        .param("id", id.value())
        .query((row, n) -> rule(row))
        .list()
        .stream()
        .findFirst();
  }

  private static TrustedIssuerView issuer(ResultSet row) throws SQLException {
    return new TrustedIssuerView(
        new TrustedIssuerId(row.getObject("issuer_id", UUID.class)),
        row.getString("label"),
        row.getString("issuer"),
        Optional.ofNullable(row.getString("jwks_url")),
        row.getString("audience"),
        row.getBoolean("reusable"),
        new PersonId(row.getObject("made_by", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static RuleView rule(ResultSet row) throws SQLException {
    Optional<Instant> refused = instant(row, "refused_at");
    return new RuleView(
        new RuleId(row.getObject("rule_id", UUID.class)),
        new TrustedIssuerId(row.getObject("issuer_id", UUID.class)),
        row.getString("label"),
        Condition.ofStored(row.getString("conditions")),
        new ServiceId(row.getObject("service_id", UUID.class)),
        Stored.of(Role.class, row.getString("role")),
        List.of((String[]) row.getArray("scopes").getArray()),
        new PersonId(row.getObject("made_by", UUID.class)),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "used_at"),
        refused.isEmpty()
            ? Optional.empty()
            : Optional.of(new RuleView.Refused(refused.get(), row.getString("refused_because"))));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
