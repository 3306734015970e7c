package dev.cofferdam.server.identity.provider;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.identity.oidc.AcrValues;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The providers of the tenant that is bound. */
final class ProviderRows {
  private static final String COLUMNS =
      "provider_id, alias, issuer, client_id, proves_by, credential_sealed, multi_factor,"
          + " phishing_resistant, least_acr, state, tried_at, failing_since, version, created_at";

  private final JdbcClient app;

  ProviderRows(JdbcClient app) {
    this.app = app;
  }

  /** A row, with the credential as it is stored: sealed. */
  record Row(
      ProviderId id,
      String alias,
      String issuer,
      String clientId,
      ProviderView.Proof proof,
      byte[] sealed,
      AcrValues acrValues,
      AcrClass leastAcr,
      boolean active,
      Optional<Instant> triedAt,
      Optional<Instant> failingSince,
      long version,
      Instant createdAt) {}

  List<Row> all() {
    return app.sql(
            "select %s from identity.provider where tenant_id = :tenant order by alias collate \"C\""
                .formatted(COLUMNS))
        .param("tenant", Tenants.current().value())
        .query((row, n) -> row(row))
        .list();
  }

  Optional<Row> find(ProviderId id) {
    return find(id, "");
  }

  /** Kept from others until the transaction ends. */
  Optional<Row> findLocked(ProviderId id) {
    return find(id, "for update");
  }

  private Optional<Row> find(ProviderId id, String lock) {
    return app.sql(
            "select %s from identity.provider where tenant_id = :tenant and provider_id = :id %s"
                .formatted(COLUMNS, lock))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query((row, n) -> row(row))
        .optional();
  }

  /** False when the tenant has one of this alias. */
  boolean insert(ProviderId id, ProviderWish wish, byte[] sealed, Instant now) {
    return app.sql(
                """
                insert into identity.provider (tenant_id, provider_id, alias, issuer, client_id, proves_by, credential_sealed,
                                               multi_factor, phishing_resistant, least_acr, created_at, changed_at)
                values (:tenant, :id, :alias, :issuer, :client, :proof, :sealed, :multi, :resistant, :least, :now, :now)
                on conflict (tenant_id, alias) do nothing
                """)
            .param("tenant", Tenants.current().value())
            .param("id", id.value())
            .param("alias", wish.alias())
            .param("issuer", wish.issuer())
            .param("client", wish.clientId())
            .param(
                "proof",
                Stored.name(
                    wish.secret().isPresent()
                        ? ProviderView.Proof.CLIENT_SECRET
                        : ProviderView.Proof.PRIVATE_KEY_JWT))
            .param("sealed", sealed)
            .param("multi", wish.acrValues().multiFactor().toArray(String[]::new))
            .param("resistant", wish.acrValues().phishingResistant().toArray(String[]::new))
            .param("least", Stored.name(wish.leastAcr()))
            .param("now", now.atOffset(UTC))
            .update()
        == 1;
  }

  void activate(ProviderId id, Instant now) {
    app.sql(
            """
            update identity.provider set state = 'active', version = version + 1, changed_at = :now
             where tenant_id = :tenant and provider_id = :id
            """)
        .param("now", now.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .update();
  }

  void tried(ProviderId id, Instant now) {
    app.sql(
            """
            update identity.provider set tried_at = :now, version = version + 1, changed_at = :now
             where tenant_id = :tenant and provider_id = :id
            """)
        .param("now", now.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .update();
  }

  /** Notes that it fails; whether that is news. */
  boolean fails(ProviderId id, Instant now) {
    return app.sql(
                """
                update identity.provider set failing_since = :now
                 where tenant_id = :tenant and provider_id = :id and state = 'active' and failing_since is null
                """)
            .param("now", now.atOffset(UTC))
            .param("tenant", Tenants.current().value())
            .param("id", id.value())
            .update()
        == 1;
  }

  /** Notes that it works; whether that is news. */
  boolean works(ProviderId id) {
    return app.sql(
                """
                update identity.provider set failing_since = null
                 where tenant_id = :tenant and provider_id = :id and failing_since is not null
                """)
            .param("tenant", Tenants.current().value())
            .param("id", id.value())
            .update()
        == 1;
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        new ProviderId(row.getObject("provider_id", UUID.class)),
        row.getString("alias"),
        row.getString("issuer"),
        row.getString("client_id"),
        Stored.of(ProviderView.Proof.class, row.getString("proves_by")),
        row.getBytes("credential_sealed"),
        new AcrValues(texts(row, "multi_factor"), texts(row, "phishing_resistant")),
        Stored.of(AcrClass.class, row.getString("least_acr")),
        row.getString("state").equals("active"),
        instant(row, "tried_at"),
        instant(row, "failing_since"),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
