package dev.cofferdam.server.identity.provider;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.ProviderRef;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** What is done about providers across scopes; for the purpose tenant_sign_in. */
final class PlacedProviders {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("tenant_sign_in"));

  private final JdbcClient ops;
  private final TransactionOperations transaction;

  PlacedProviders(JdbcClient ops, TransactionOperations transaction) {
    this.ops = ops;
    this.transaction = transaction;
  }

  /** Whose provider this is. */
  Optional<TenantId> tenantOf(UUID provider) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql("select tenant_id from identity.find_provider(:id)")
                .param("id", provider)
                .query(UUID.class)
                .optional()
                .map(TenantId::new));
  }

  /** A provider of which its tenant's owners are to be told something. */
  record Due(TenantId tenant, ProviderId provider) {}

  /** What is due, for this sender until {@code until}. */
  List<Due> claimLetters(Instant now, Instant until, int most) {
    return Scopes.call(
        SCOPE,
        () ->
            ops.sql(
                    """
                    select tenant_id, provider_id from identity.claim_provider_letters(:now, :until, :most)
                    """)
                .param("now", now.atOffset(UTC))
                .param("until", until.atOffset(UTC))
                .param("most", most)
                .query(
                    (row, n) ->
                        new Due(
                            new TenantId(row.getObject("tenant_id", UUID.class)),
                            new ProviderId(row.getObject("provider_id", UUID.class))))
                .list());
  }

  /**
   * Lets nobody sign in at it any more, and ends the sessions that were begun at it.
   *
   * @param version that was read
   * @param forget whether it is deleted too
   * @param recorded called in the same transaction when it was at that version
   * @return empty when it was not
   */
  <T> Optional<T> end(
      ProviderRef at, long version, boolean forget, Instant now, Supplier<T> recorded) {
    return Scopes.call(
        SCOPE,
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    status ->
                        ended(at, version, forget, now)
                            ? Optional.of(recorded.get())
                            : Optional.<T>empty())));
  }

  private boolean ended(ProviderRef at, long version, boolean forget, Instant now) {
    return ops.sql("select identity.end_provider(:tenant, :provider, :version, :forget, :now)")
        .param("tenant", at.tenant().value())
        .param("provider", at.id().value())
        .param("version", version)
        .param("forget", forget)
        .param("now", now.atOffset(UTC))
        .query(Boolean.class)
        .single();
  }
}
