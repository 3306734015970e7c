package dev.cofferdam.server.identity.domain;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is noted of claims of all tenants; for the purpose domains. */
final class NotedDomains {
  private final JdbcClient ops;

  NotedDomains(JdbcClient ops) {
    this.ops = ops;
  }

  /** A claim, and whose it is. */
  record Claim(TenantId tenant, DomainId id) {}

  /** What a look made of a claim. */
  enum Became {
    /** It was removed meanwhile. */
    UNKNOWN,
    PROVEN,
    KEPT,
    FAILING,
    LAPSED,
    UNPROVEN
  }

  /**
   * What was noted.
   *
   * @param superseded whose proof ended by it: for that tenant's log, and for nobody's eyes
   */
  record Noted(Became became, Optional<DomainView.Finding> finding, Optional<Claim> superseded) {}

  /**
   * Notes a look, in the caller's transaction.
   *
   * @param given the texts, or null when no server answered
   */
  Noted note(Claim claim, @Nullable List<String> given, Instant now, DomainSettings settings) {
    return ops.sql(
            """
            select outcome, finding, held_by, held_as
              from identity.note_domain(:tenant, :domain, :given::text[], :now, :until, :next, :again)
            """)
        .param("tenant", claim.tenant().value())
        .param("domain", claim.id().value())
        .param("given", given == null ? null : given.toArray(String[]::new))
        .param("now", now.atOffset(UTC))
        .param("until", now.plus(settings.grace()).atOffset(UTC))
        .param("next", now.plus(settings.lookEvery()).atOffset(UTC))
        .param("again", now.plus(settings.retryEvery()).atOffset(UTC))
        .query((row, n) -> noted(row))
        .single();
  }

  private static Noted noted(ResultSet row) throws SQLException {
    @Nullable UUID heldBy = row.getObject("held_by", UUID.class);
    return new Noted(
        Stored.of(Became.class, row.getString("outcome")),
        Optional.ofNullable(row.getString("finding"))
            .map(text -> Stored.of(DomainView.Finding.class, text)),
        heldBy == null
            ? Optional.empty()
            : Optional.of(
                new Claim(
                    new TenantId(heldBy), new DomainId(row.getObject("held_as", UUID.class)))));
  }

  /** What is due, for this keeper until {@code until}. */
  List<Claim> claim(Instant now, Instant until, int most) {
    return ops.sql("select tenant_id, domain_id from identity.claim_domains(:now, :until, :most)")
        .param("now", now.atOffset(UTC))
        .param("until", until.atOffset(UTC))
        .param("most", most)
        .query(
            (row, n) ->
                new Claim(
                    new TenantId(row.getObject("tenant_id", UUID.class)),
                    new DomainId(row.getObject("domain_id", UUID.class))))
        .list();
  }
}
