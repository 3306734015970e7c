package dev.cofferdam.server.oauth.exchange;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rules across tenants, and what happens to them when tokens are exchanged. */
final class PlacedRules {
  private static final Scope FINDING = new Scope.OfPlatform(new Purpose("authenticate"));

  private static final Scope EXCHANGE = new Scope.OfPlatform(new Purpose("exchange"));

  private final JdbcClient ops;

  PlacedRules(JdbcClient ops) {
    this.ops = ops;
  }

  /** What became of using a token up. */
  enum Use {
    EXCHANGED,
    /** It was used before. */
    REPLAYED,
    /** The rule has ended. */
    GONE
  }

  /** The rule that a client's id names. */
  Optional<PlacedRule> find(ClientId id) {
    try {
      UUID rule = UUID.fromString(id.value());
      // One rule has one text.
      return rule.toString().equals(id.value()) ? find(rule) : Optional.empty();
    } catch (IllegalArgumentException noRule) {
      return Optional.empty();
    }
  }

  /**
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  Optional<PlacedRule> find(UUID rule) {
    return Scopes.call(
        FINDING,
        () ->
            ops.sql(
                    """
                    select tenant_id, rule_id, issuer_id, issuer, jwks_url, audience, reusable, conditions, service_id,
                           role, scopes
                      from oauth.find_exchange_rule(:rule)
                    """)
                .param("rule", rule)
                .query((row, n) -> rule(row))
                .optional());
  }

  private static PlacedRule rule(ResultSet row) throws SQLException {
    // A scope that this server does not know allows nothing.
    Set<TokenScope> scopes =
        Stream.of((String[]) row.getArray("scopes").getArray())
            .flatMap(text -> TokenScope.of(text).stream())
            .collect(Collectors.toUnmodifiableSet());
    return new PlacedRule(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        new RuleId(row.getObject("rule_id", UUID.class)),
        new TrustedIssuerId(row.getObject("issuer_id", UUID.class)),
        row.getString("issuer"),
        Optional.ofNullable(row.getString("jwks_url")),
        row.getString("audience"),
        row.getBoolean("reusable"),
        Condition.ofStored(row.getString("conditions")),
        new ServiceId(row.getObject("service_id", UUID.class)),
        Stored.of(Role.class, row.getString("role")),
        scopes);
  }

  /** Works where tokens are used up. */
  <T> T exchanging(Supplier<T> work) {
    return Scopes.call(EXCHANGE, work::get);
  }

  /**
   * Uses a token up, in the running transaction, within {@link #exchanging}.
   *
   * @param hash by which it is known again; null where it may be exchanged again
   * @param until when it is refused for its age
   */
  Use use(PlacedRule rule, byte @Nullable [] hash, Instant until, Instant now) {
    return Stored.of(
        Use.class,
        ops.sql("select oauth.exchange(:tenant, :rule, :hash, :until, :now)")
            .param("tenant", rule.tenant().value())
            .param("rule", rule.id().value())
            .param("hash", hash, Types.BINARY)
            .param("until", until.atOffset(UTC))
            .param("now", now.atOffset(UTC))
            .query(String.class)
            .single());
  }

  /** Remembers why a token was not exchanged. */
  void noteRefused(PlacedRule rule, String because, Instant now) {
    Scopes.run(
        EXCHANGE,
        () ->
            ops.sql("select oauth.note_exchange_refused(:tenant, :rule, :because, :now)")
                .param("tenant", rule.tenant().value())
                .param("rule", rule.id().value())
                .param("because", because)
                .param("now", now.atOffset(UTC))
                .query((row, n) -> true)
                .list());
  }
}
