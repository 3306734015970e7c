package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.surface.RecordId;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The rows of what requests with an Idempotency-Key came to. */
final class Outcomes {
  /** For how long a request can be repeated. */
  static final Duration LIFETIME = Duration.ofHours(24);

  private final JdbcClient app;
  private final JdbcClient ops;
  private final DataSource opsSource;
  private final Clock clock;

  /**
   * @param opsSource tells whether the running transaction is one of {@code ops}
   */
  Outcomes(JdbcClient app, JdbcClient ops, DataSource opsSource, Clock clock) {
    this.app = app;
    this.ops = ops;
    this.opsSource = opsSource;
    this.clock = clock;
  }

  /**
   * Whose request it is.
   *
   * @param scope as a binding carries it
   */
  record Owner(String scope, UUID person) {}

  /**
   * @param elsewhere in whose log the record stands, as in {@link
   *     dev.cofferdam.server.surface.Recorded}
   */
  record Kept(
      byte[] digest,
      RecordId record,
      Optional<TenantId> elsewhere,
      @Nullable String tag,
      String answer) {}

  /** What an earlier request came to. Runs in the owner's scope. */
  Optional<Kept> find(Owner owner, String key) {
    return app.sql(
            """
            select digest, record_id, tenant_id, tag, answer from edge.kept(:person, :key, :at)
            """)
        .param("person", owner.person())
        .param("key", key)
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .query(
            (row, number) ->
                new Kept(
                    row.getBytes("digest"),
                    new RecordId(row.getObject("record_id", UUID.class)),
                    Optional.ofNullable(row.getObject("tenant_id", UUID.class)).map(TenantId::new),
                    row.getString("tag"),
                    row.getString("answer")))
        .optional();
  }

  /** Whether it is kept; it is not when an earlier request was. In the running transaction. */
  boolean keep(Owner owner, String key, Kept kept) {
    JdbcClient running = TransactionSynchronizationManager.hasResource(opsSource) ? ops : app;
    Instant now = clock.instant();
    return running
        .sql(
            """
            select edge.keep(:scope, :person, :key, :digest, :record, :tenant::uuid, :tag, :answer,
                             :at, :until)
            """)
        .param("scope", owner.scope())
        .param("person", owner.person())
        .param("key", key)
        .param("digest", kept.digest())
        .param("record", kept.record().value())
        .param("tenant", kept.elsewhere().map(TenantId::value).orElse(null))
        .param("tag", kept.tag(), java.sql.Types.VARCHAR)
        .param("answer", kept.answer())
        .param("at", now.atOffset(ZoneOffset.UTC))
        .param("until", now.plus(LIFETIME).atOffset(ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }
}
