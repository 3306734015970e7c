package dev.cofferdam.server.identity.provider;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.identity.oidc.AcrValues;
import dev.cofferdam.server.identity.oidc.ClaimNames;
import dev.cofferdam.server.identity.oidc.SignInFault;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.tenancy.Tenants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
          + " phishing_resistant, least_acr, name_claim, email_claim, verified_by_domain, state,"
          + " tried_at, trial_at, trial_outcome, trial_fault, failing_since, failing_because,"
          + " version, created_at";

  /** For how long it must have failed before owners are told. */
  static final Duration LASTS = Duration.ofMinutes(5);

  /**
   * How long after they were told that it fails they are told so again. That it is well is told of
   * what they were told fails, so that they hear of either no more often.
   */
  static final Duration APART = Duration.ofHours(1);

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
      ClaimNames names,
      boolean verifiedByDomain,
      boolean active,
      Optional<Instant> triedAt,
      Optional<ProviderView.Trial> trial,
      Optional<Instant> failingSince,
      Optional<Trouble> failingBecause,
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
                                               multi_factor, phishing_resistant, least_acr, name_claim, email_claim,
                                               verified_by_domain, created_at, changed_at)
                values (:tenant, :id, :alias, :issuer, :client, :proof, :sealed, :multi, :resistant, :least, :name, :email,
                        :byDomain, :now, :now)
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
            .param("name", wish.names().name())
            .param("email", wish.names().email())
            .param("byDomain", wish.verifiedByDomain())
            .param("now", now.atOffset(UTC))
            .update()
        == 1;
  }

  void activate(ProviderId id, Instant now) {
    app.sql(
            """
            update identity.provider
               set state = 'active', failing_since = null, failing_because = null, version = version + 1, changed_at = :now
             where tenant_id = :tenant and provider_id = :id
            """)
        .param("now", now.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .update();
  }

  /** What came of the last trial; it can be activated once somebody came through. */
  void tried(ProviderId id, TrialResult result, Instant now) {
    app.sql(
            """
            update identity.provider
               set trial_at = :now, trial_outcome = :outcome, trial_fault = :fault,
                   tried_at = case when :through then :now::timestamptz else tried_at end,
                   version = case when :through then version + 1 else version end,
                   changed_at = case when :through then :now::timestamptz else changed_at end
             where tenant_id = :tenant and provider_id = :id
            """)
        .param("outcome", Stored.name(result.outcome()))
        .param("fault", result.fault().map(Stored::name).orElse(null))
        .param("through", result.isThrough())
        .param("now", now.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .update();
  }

  /**
   * Notes that it fails. Owners are to be told where people sign in at it and it goes on failing;
   * whether that is news to them: whoever tries an inactive one sees for themselves.
   */
  boolean fails(ProviderId id, Trouble trouble, Instant now) {
    return app.sql(
            """
            update identity.provider
               set failing_since = :now, failing_because = :because, letter_attempts = 0,
                   letter_due = case when state = 'active' and not told_failing
                                     then greatest(:lasted::timestamptz, told_failing_at + make_interval(secs => :apart)) end
             where tenant_id = :tenant and provider_id = :id and failing_since is null
            returning state = 'active'
            """)
        .param("now", now.atOffset(UTC))
        .param("lasted", now.plus(LASTS).atOffset(UTC))
        .param("apart", APART.toSeconds())
        .param("because", Stored.name(trouble))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /**
   * Notes that it works, of which owners are to be told who know that it failed; whether it is
   * news.
   */
  boolean works(ProviderId id, Instant now) {
    return app.sql(
            """
            update identity.provider
               set failing_since = null, failing_because = null, letter_attempts = 0,
                   letter_due = case when told_failing then :now::timestamptz end
             where tenant_id = :tenant and provider_id = :id and failing_since is not null
            returning state = 'active'
            """)
        .param("now", now.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** What owners are to be told, and how often that was tried; empty when they know. */
  Optional<Letter> letter(ProviderId id) {
    return app.sql(
            """
            select alias, failing_since, failing_because, letter_attempts from identity.provider
             where tenant_id = :tenant and provider_id = :id and letter_due is not null
            """)
        .param("tenant", Tenants.current().value())
        .param("id", id.value())
        .query(
            (row, n) ->
                new Letter(
                    id,
                    row.getString("alias"),
                    instant(row, "failing_since"),
                    trouble(row),
                    row.getInt("letter_attempts")))
        .optional();
  }

  /**
   * A letter that is to be sent.
   *
   * @param failingSince empty when it is well again
   */
  record Letter(
      ProviderId id,
      String alias,
      Optional<Instant> failingSince,
      Optional<Trouble> because,
      int attempts) {}

  /**
   * That owners were told. If it changed while they were, there is something else to tell; if it
   * was deactivated, nothing.
   */
  void told(Letter letter, Instant now) {
    app.sql(
            """
            update identity.provider
               set told_failing = :failing, letter_attempts = 0,
                   told_failing_at = case when :failing then :now::timestamptz else told_failing_at end,
                   letter_due = case when (failing_since is not null) = :failing then null
                                     when :failing then :now::timestamptz
                                     else greatest(failing_since + make_interval(secs => :lasts),
                                                   told_failing_at + make_interval(secs => :apart)) end
             where tenant_id = :tenant and provider_id = :id and state = 'active'
            """)
        .param("failing", letter.failingSince().isPresent())
        .param("lasts", LASTS.toSeconds())
        .param("apart", APART.toSeconds())
        .param("now", now.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("id", letter.id().value())
        .update();
  }

  /** That they are to be told later. */
  void deferred(Letter letter, Instant until) {
    app.sql(
            """
            update identity.provider set letter_attempts = letter_attempts + 1, letter_due = :until
             where tenant_id = :tenant and provider_id = :id and letter_due is not null
            """)
        .param("until", until.atOffset(UTC))
        .param("tenant", Tenants.current().value())
        .param("id", letter.id().value())
        .update();
  }

  private static Optional<Trouble> trouble(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("failing_because"))
        .map(text -> Stored.of(Trouble.class, text));
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
        new ClaimNames(row.getString("name_claim"), row.getString("email_claim")),
        row.getBoolean("verified_by_domain"),
        row.getString("state").equals("active"),
        instant(row, "tried_at"),
        trial(row),
        instant(row, "failing_since"),
        trouble(row),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static Optional<ProviderView.Trial> trial(ResultSet row) throws SQLException {
    Optional<Instant> at = instant(row, "trial_at");
    return at.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ProviderView.Trial(
                at.get(),
                new TrialResult(
                    Stored.of(TrialOutcome.class, row.getString("trial_outcome")),
                    Optional.ofNullable(row.getString("trial_fault"))
                        .map(text -> Stored.of(SignInFault.class, text)))));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
