package dev.cofferdam.server.keyring;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.tenancy.BindingEpochs;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts another root key in the place of the one that a database belongs to: every wrapped key is
 * opened under the old one and wrapped under the next. While no server runs (docs/adr/0107).
 *
 * <p>What is left is what rows say: so it is gone on with wherever it was cut off. From its first
 * moment on nothing that knows only the old root key can do anything in the database, and no server
 * starts until it has ended.
 */
public final class RootKeyReplacement {
  private static final int PORTION = 200;
  private static final String PLATFORM = "keyring.platform_key";

  private final Owner owner;
  private final RootKey old;
  private final RootKey next;
  private final Clock clock;
  private final int most;
  private long unopenable;

  public RootKeyReplacement(Owner owner, RootKey old, RootKey next, Clock clock) {
    this(owner, old, next, clock, PORTION);
  }

  RootKeyReplacement(Owner owner, RootKey old, RootKey next, Clock clock, int most) {
    this.most = most;
    this.owner = owner;
    this.old = old;
    this.next = next;
    this.clock = clock;
  }

  /** Transactions of the role that the tables belong to, which sees the rows of all tenants. */
  public interface Owner {
    <T> T transaction(Function<JdbcClient, T> work);
  }

  /**
   * What was done.
   *
   * @param rewrapped how many keys lie under the next root key
   * @param unopenable how many did not open under the old one, and lie where they lay
   */
  public record Done(long rewrapped, long unopenable) {}

  /**
   * Begins it, or goes on with it, and ends it.
   *
   * @param progress hears how many were wrapped anew so far, now and then
   * @throws KeyringRefusedException when the database belongs to neither, another replacement is
   *     under way, or it has ended already
   */
  public Done run(LongConsumer progress) {
    owner.transaction(this::begun);
    unopenable = 0;
    long rewrapped = 0;
    try (Wrapping from = new Wrapping(old);
        Wrapping to = new Wrapping(next)) {
      for (String table : owner.transaction(RootKeyReplacement::tables)) {
        Optional<Key> last = Optional.empty();
        do {
          Optional<Key> after = last;
          Portion portion = owner.transaction(sql -> portion(sql, table, after, from, to));
          rewrapped += portion.rewrapped();
          unopenable += portion.unopenable();
          last = portion.last();
          progress.accept(rewrapped);
        } while (last.isPresent());
      }
    }
    return owner.transaction(this::ended);
  }

  private boolean begun(JdbcClient sql) {
    String recorded =
        sql.sql("select root_key_id from keyring.root_key")
            .query(String.class)
            .optional()
            .orElseThrow(
                () ->
                    new KeyringRefusedException(
                        "This database has no root key yet: start a server with the one it is to have."));
    Optional<String> going =
        sql.sql("select new_root_key_id from keyring.root_key_replacement where ended_at is null")
            .query(String.class)
            .optional();
    if (recorded.equals(next.id())) {
      throw new KeyringRefusedException(
          "The root key `"
              + recorded
              + "` is this database's already: there is nothing left to do.");
    }
    if (!recorded.equals(old.id())) {
      throw new KeyringRefusedException(RootKeyRecord.belongsToAnother(old.id(), recorded));
    }
    if (going.isPresent()) {
      if (!going.get().equals(next.id())) {
        throw new KeyringRefusedException(
            "The root key is being replaced by `"
                + going.get()
                + "` and not by `"
                + next.id()
                + "`: go on with that one.");
      }
    } else {
      insert(sql);
    }
    // INVARIANT: capabilities are made with keys that are derived from the root key. Without those
    // a server that still runs with the old one binds no statement any more.
    sql.sql("delete from tenancy.binding_key").update();
    return true;
  }

  private void insert(JdbcClient sql) {
    int inserted =
        sql.sql(
                """
                insert into keyring.root_key_replacement (new_root_key_id, old_root_key_id, begun_at)
                values (:new, :old, :now) on conflict (new_root_key_id) do nothing
                """)
            .param("new", next.id())
            .param("old", old.id())
            .param("now", clock.instant().atOffset(UTC))
            .update();
    if (inserted != 1) {
      throw new KeyringRefusedException(
          "The root key `" + next.id() + "` was this database's before: take one that is new.");
    }
  }

  /** Of the platform, of tenants in the shared schema, and of those that have their own. */
  private static List<String> tables(JdbcClient sql) {
    return sql.sql(
            """
            select format('%I.%I', n.nspname, c.relname)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p')
               and (n.nspname = 'keyring' and c.relname in ('platform_key', 'tenant_key')
                    or n.nspname ~ '^tenant_[0-9a-f]{32}$' and c.relname = 'tenant_key')
             order by 1
            """)
        .query(String.class)
        .list();
  }

  /**
   * A row that is not wrapped under the next root key.
   *
   * @param tenant null for the platform's, as is the holder
   */
  private record Key(
      @Nullable UUID tenant,
      @Nullable UUID holder,
      String purpose,
      int version,
      UUID keyId,
      byte[] wrapped,
      byte @Nullable [] published) {
    Ring ring() {
      KeyPurpose known = KeyPurpose.of(purpose);
      if (tenant == null || holder == null) {
        return new Ring.OfPlatform(known);
      }
      return KeyRows.ring(new TenantId(tenant), known, holder);
    }
  }

  private record Portion(long rewrapped, long unopenable, Optional<Key> last) {}

  private Portion portion(
      JdbcClient sql, String table, Optional<Key> after, Wrapping from, Wrapping to) {
    List<Key> keys = left(sql, table, after);
    long done = 0;
    long spoilt = 0;
    for (Key key : keys) {
      Optional<byte[]> anew = anew(key, from, to);
      if (anew.isEmpty()) {
        spoilt++;
      } else {
        done += replaced(sql, table, key, anew.get());
      }
    }
    return new Portion(
        done, spoilt, keys.size() < most ? Optional.empty() : Optional.of(keys.getLast()));
  }

  private List<Key> left(JdbcClient sql, String table, Optional<Key> after) {
    boolean platform = table.equals(PLATFORM);
    String order = platform ? "purpose, version" : "tenant_id, purpose, holder_id, version";
    String behind = platform ? ":purpose, :version" : ":tenant, :purpose, :holder, :version";
    JdbcClient.StatementSpec statement =
        sql.sql(
                """
                select %s, purpose, version, key_id, key_wrapped as wrapped, key_public as published
                  from %s
                 where key_wrapped is not null and root_key_id <> :next %s
                 order by %s limit :most for update
                """
                    .formatted(
                        platform
                            ? "null::uuid as tenant, null::uuid as holder"
                            : "tenant_id as tenant, holder_id as holder",
                        table,
                        after.isPresent() ? "and (" + order + ") > (" + behind + ")" : "",
                        order))
            .param("next", next.id())
            .param("most", most);
    after.ifPresent(
        last -> {
          statement.param("purpose", last.purpose()).param("version", last.version());
          if (!platform) {
            statement.param("tenant", last.tenant()).param("holder", last.holder());
          }
        });
    return statement.query(Key.class).list();
  }

  /** Empty when it does not open: altered, it was lost before. */
  private static Optional<byte[]> anew(Key key, Wrapping from, Wrapping to) {
    Ring ring = key.ring();
    KeyId id = new KeyId(key.keyId());
    try (SecretBytes secret =
        from.unwrap(ring, id, key.version(), key.wrapped(), key.published())) {
      return Optional.of(to.wrap(ring, id, key.version(), secret, key.published()));
    } catch (UnreadableKeyException spoilt) {
      return Optional.empty();
    }
  }

  private int replaced(JdbcClient sql, String table, Key key, byte[] anew) {
    JdbcClient.StatementSpec statement =
        sql.sql(
                """
                update %s set key_wrapped = :anew, root_key_id = :next
                 where purpose = :purpose and version = :version and key_wrapped = :was %s
                """
                    .formatted(
                        table,
                        key.tenant() == null
                            ? ""
                            : "and tenant_id = :tenant and holder_id = :holder"))
            .param("anew", anew)
            .param("next", next.id())
            .param("purpose", key.purpose())
            .param("version", key.version())
            .param("was", key.wrapped());
    if (key.tenant() != null) {
      statement.param("tenant", key.tenant()).param("holder", key.holder());
    }
    return statement.update();
  }

  private Done ended(JdbcClient sql) {
    long under = 0;
    long left = 0;
    for (String table : tables(sql)) {
      under += counted(sql, table, "=");
      left += counted(sql, table, "<>");
    }
    if (left != unopenable) {
      throw new KeyringRefusedException(
          "Keys were made under the old root key meanwhile: stop every server, and run this again.");
    }
    sql.sql("update keyring.root_key set root_key_id = :next, recorded_at = :now")
        .param("next", next.id())
        .param("now", clock.instant().atOffset(UTC))
        .update();
    sql.sql(
            """
            update keyring.root_key_replacement
               set ended_at = :now, rewrapped = :rewrapped, unopenable = :unopenable
             where new_root_key_id = :next and ended_at is null
            """)
        .param("now", clock.instant().atOffset(UTC))
        .param("rewrapped", under)
        .param("unopenable", left)
        .param("next", next.id())
        .update();
    // A start with the old one may have put its own there, before it was refused.
    BindingEpochs.restart(sql, next, clock.instant());
    return new Done(under, left);
  }

  private long counted(JdbcClient sql, String table, String compared) {
    return sql.sql(
            "select count(*) from %s where key_wrapped is not null and root_key_id %s :next"
                .formatted(table, compared))
        .param("next", next.id())
        .query(Long.class)
        .single();
  }
}
