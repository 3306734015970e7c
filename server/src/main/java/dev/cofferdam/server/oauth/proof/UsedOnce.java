package dev.cofferdam.server.oauth.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.identity.Sha256;
import dev.cofferdam.server.tenancy.Flights;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers what is good once, in the database: so that of any number of servers one lets it pass,
 * and a restart forgets nothing (docs/adr/0073). What comes at once is used by one statement
 * (docs/adr/0099). Safe for use by many threads.
 */
final class UsedOnce {
  private static final Scope SCOPE = new Scope.OfPlatform(new Purpose("use_once"));

  /** By how much servers' clocks may differ: what one has swept no other takes for good. */
  private static final Duration LONGER = Duration.ofMinutes(1);

  private static final int AT_ONCE = 5_000;

  /** Two, so that one that hangs is not everybody's. */
  private static final int FLIGHTS = 2;

  private static final Duration PATIENCE = Duration.ofMillis(20);

  private static final int TOGETHER = 200;

  private final JdbcClient app;
  private final Flights<Use, Boolean> flights =
      new Flights<>(FLIGHTS, PATIENCE, TOGETHER, this::use);

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
   * @throws org.springframework.dao.DataAccessException when it cannot be known
   */
  boolean isFirst(Kind kind, String whose, String name, Instant until) {
    return flights.send(new Use(hash(kind, whose, name), until));
  }

  private record Use(String hash, Instant until) {}

  /**
   * Committed when it returns. Of two of the same name in one statement the earlier one is first.
   * INVARIANT: rows are written in the order of their hashes, so that no two statements that share
   * some, here or on other servers, wait for each other.
   */
  private List<Boolean> use(List<Use> uses) {
    Map<String, Use> each = new TreeMap<>();
    uses.forEach(use -> each.putIfAbsent(use.hash(), use));
    Set<Use> first = Collections.newSetFromMap(new IdentityHashMap<>());
    Scopes.call(SCOPE, () -> written(each.values()))
        .forEach(hash -> first.add(Objects.requireNonNull(each.get(hash))));
    return uses.stream().map(first::contains).toList();
  }

  /** The hashes of those that were not there yet. */
  private List<String> written(Collection<Use> uses) {
    return app.sql(
            """
            insert into oauth.used_once (use_hash, expires_at)
            select decode(used.hash, 'hex'), used.until
              from unnest(:hashes::text[], :untils::timestamptz[]) as used (hash, until)
             order by used.hash
            on conflict do nothing
            returning encode(use_hash, 'hex')
            """)
        .param("hashes", uses.stream().map(Use::hash).toArray(String[]::new))
        .param("untils", uses.stream().map(use -> use.until().toString()).toArray(String[]::new))
        .query(String.class)
        .list();
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
  private static String hash(Kind kind, String whose, String name) {
    return HexFormat.of()
        .formatHex(
            Sha256.of(
                (kind.name().toLowerCase(Locale.ROOT)
                        + "/"
                        + whose.length()
                        + "/"
                        + whose
                        + "/"
                        + name)
                    .getBytes(UTF_8)));
  }
}
