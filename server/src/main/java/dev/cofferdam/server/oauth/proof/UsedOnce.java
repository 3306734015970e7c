package dev.cofferdam.server.oauth.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers what is good once, in the database: so that of any number of servers one lets it pass,
 * and a restart forgets nothing (docs/adr/0073). Safe for use by many threads.
 */
final class UsedOnce {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("use_once"));

  /** By how much servers' clocks may differ: what one has swept no other takes for good. */
  private static final Duration LONGER = Duration.ofMinutes(1);

  private static final int AT_ONCE = 5_000;

  private final JdbcClient app;

  UsedOnce(JdbcClient app) {
    this.app = app;
  }

  /** What is used. */
  enum Kind {
    ASSERTION,
    PROOF
  }

  /**
   * Uses it. Returns whether this was the first time; of many at once, for one.
   *
   * @param whose the client or the key: each has its own names
   * @param name as the statement names itself
   * @param until when it is refused for its age
   */
  boolean isFirst(Kind kind, String whose, String name, Instant until) {
    return Scopes.call(
            SCOPE,
            () ->
                app.sql(
                        """
                        insert into oauth.used_once (use_hash, expires_at) values (:hash, :until)
                        on conflict do nothing
                        """)
                    .param("hash", hash(kind, whose, name))
                    .param("until", until.atOffset(UTC))
                    .update())
        == 1;
  }

  /**
   * Forgets what nobody can use any more, in portions, so that no statement holds many rows.
   *
   * @param now by a clock that may differ from those of other servers
   */
  void sweep(Instant now) {
    int swept;
    do {
      swept = sweep(now.minus(LONGER), AT_ONCE);
    } while (swept == AT_ONCE);
  }

  private int sweep(Instant expired, int most) {
    return Scopes.call(
        SCOPE,
        () ->
            app.sql(
                    """
                    delete from oauth.used_once
                     where use_hash in (select use_hash from oauth.used_once where expires_at < :expired limit :most)
                    """)
                .param("expired", expired.atOffset(UTC))
                .param("most", most)
                .update());
  }

  /** The length of the owner's name stands before it, so that no two pairs make one text. */
  private static byte[] hash(Kind kind, String whose, String name) {
    return Sha256.of(
        (kind.name().toLowerCase(Locale.ROOT) + "/" + whose.length() + "/" + whose + "/" + name)
            .getBytes(UTF_8));
  }
}
