package dev.cofferdam.server.oauth.authorization;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A grant that is to begin. No record: what its first refresh token is found by is no news for
 * others.
 */
public final class NewGrant {
  private final TenantId tenant;
  private final UUID id;
  private final byte[] refreshHash;
  private final Instant now;
  private final Instant until;
  private final Instant ends;
  private final int most;

  NewGrant(
      TenantId tenant,
      UUID id,
      byte[] refreshHash,
      Instant now,
      Instant until,
      Instant ends,
      int most) {
    this.tenant = tenant;
    this.id = id;
    this.refreshHash = refreshHash;
    this.now = now;
    this.until = until;
    this.ends = ends;
    this.most = most;
  }

  /**
   * Gives a statement what it needs of it: `:tenant`, `:grant`, `:refresh`, `:now`, `:until`,
   * `:ends` and `:most`.
   */
  public JdbcClient.StatementSpec fill(JdbcClient.StatementSpec statement) {
    return statement
        .param("tenant", tenant.value())
        .param("grant", id)
        .param("refresh", refreshHash)
        .param("now", now.atOffset(UTC))
        .param("until", until.atOffset(UTC))
        .param("ends", ends.atOffset(UTC))
        .param("most", most);
  }
}
