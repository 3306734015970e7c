package dev.cofferdam.server.tenancy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The epochs of the binding key: installs the next one, follows what other servers install, and
 * takes away what no capability can need any more. No statement fails over a rotation, because the
 * old key stays until every server has long seen the new one.
 */
public final class BindingEpochs {
  /**
   * How long a superseded key stays: a capability's lifetime, and ample time for a server that was
   * cut off to see the new epoch, or to be found unready.
   */
  static final Duration OVERLAP = Capabilities.LIFETIME.plus(Duration.ofMinutes(5));

  /** A server that has not seen the epochs for this long must not be thought to follow them. */
  static final Duration FRESHNESS = Duration.ofMinutes(1);

  private static final int PAD = 64;

  private final JdbcClient owner;
  private final TransactionOperations ownerTransaction;
  private final JdbcClient reader;
  private final BindingKeys keys;
  private final Capabilities capabilities;
  private final Clock clock;
  private volatile Instant followedAt = Instant.EPOCH;

  private record Installed(int epoch, OffsetDateTime installedAt) {}

  /**
   * @param owner connections of the owner role, which alone can write the keys
   * @param reader connections of the application role, which sees the epochs' numbers
   */
  public BindingEpochs(
      DataSource owner,
      DataSource reader,
      BindingKeys keys,
      Capabilities capabilities,
      Clock clock) {
    this.owner = JdbcClient.create(owner);
    this.ownerTransaction = new TransactionTemplate(new DataSourceTransactionManager(owner));
    this.reader = JdbcClient.create(reader);
    this.keys = keys;
    this.capabilities = capabilities;
    this.clock = clock;
  }

  /**
   * Makes sure that there is a key and that it is ours, and starts minting with the newest one.
   *
   * @throws DatabaseRefusedException when another root key made the installed one
   */
  public void start() {
    int newest =
        Objects.requireNonNull(
            ownerTransaction.execute(
                status -> {
                  lock();
                  List<Installed> installed = installed();
                  if (installed.isEmpty()) {
                    install(1);
                    return 1;
                  }
                  refuseForeign(installed.getLast().epoch());
                  count(owner);
                  return installed.getLast().epoch();
                }));
    followedBy(newest);
  }

  /** What became of a wish to rotate. */
  public sealed interface Rotation {
    /** The key of {@code epoch} is installed; every server mints with it within a second or two. */
    record Rotated(int epoch) implements Rotation {}

    /** The newest epoch is young enough. */
    record NotDue(int epoch) implements Rotation {}

    /** The key before the newest one is still in use, until {@code until}. */
    record Overlapping(int epoch, Instant until) implements Rotation {}
  }

  /**
   * Installs the next epoch when the newest one is older than {@code every}, and removes those that
   * are due. Of several servers that do so at once, one does.
   */
  public Rotation rotateIfOlderThan(Duration every) {
    Rotation outcome =
        Objects.requireNonNull(
            ownerTransaction.execute(
                status -> {
                  lock();
                  return rotateLocked(every);
                }));
    follow();
    return outcome;
  }

  /** Installs the next epoch now, unless the one before the newest is still in use. */
  public Rotation rotate() {
    return rotateIfOlderThan(Duration.ZERO);
  }

  private Rotation rotateLocked(Duration every) {
    Instant now = clock.instant();
    List<Installed> installed = installed();
    Installed newest = installed.getLast();
    Instant until = newest.installedAt().toInstant().plus(OVERLAP);
    if (installed.size() > 1) {
      if (until.isAfter(now)) {
        return new Rotation.Overlapping(newest.epoch(), until);
      }
      owner
          .sql("delete from tenancy.binding_key where epoch < :newest")
          .param("newest", newest.epoch())
          .update();
    }
    if (newest.installedAt().toInstant().plus(every).isAfter(now)) {
      return new Rotation.NotDue(newest.epoch());
    }
    install(newest.epoch() + 1);
    return new Rotation.Rotated(newest.epoch() + 1);
  }

  /** Looks which epochs the database has, and mints with the newest. Called every second. */
  public void follow() {
    int newest =
        reader.sql("select max(epoch) from tenancy.binding_epochs()").query(Integer.class).single();
    followedBy(newest);
  }

  private void followedBy(int newest) {
    capabilities.use(newest);
    followedAt = clock.instant();
  }

  /** Whether this server has seen the database's epochs recently enough to bind statements. */
  public boolean isFollowed() {
    return !followedAt.plus(FRESHNESS).isBefore(clock.instant());
  }

  private void lock() {
    owner
        .sql("select pg_advisory_xact_lock(hashtextextended('cofferdam binding epochs', 0))")
        .query()
        .singleRow();
  }

  private List<Installed> installed() {
    return owner
        .sql("select epoch, installed_at from tenancy.binding_key order by epoch")
        .query(Installed.class)
        .list();
  }

  /**
   * Has only capabilities of other keys be good from now on, in the running transaction of the
   * owner role: while no server runs, whose keys these would be.
   */
  public static void restart(JdbcClient owner, BindingKeys keys, Instant now) {
    owner.sql("delete from tenancy.binding_key").update();
    install(owner, keys, 1, now);
  }

  private void install(int epoch) {
    install(owner, keys, epoch, clock.instant());
  }

  private static void install(JdbcClient owner, BindingKeys keys, int epoch, Instant now) {
    byte[] inner = padded(keys, epoch, (byte) 0x36);
    byte[] outer = padded(keys, epoch, (byte) 0x5c);
    try {
      owner
          .sql(
              """
              insert into tenancy.binding_key (epoch, inner_pad, outer_pad, installed_at)
              values (:epoch, :inner, :outer, :now)
              """)
          .param("epoch", epoch)
          .param("inner", inner)
          .param("outer", outer)
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
    } finally {
      Arrays.fill(inner, (byte) 0);
      Arrays.fill(outer, (byte) 0);
    }
    count(owner);
  }

  /**
   * Has the planner know that there are one or two keys. Nothing else would: so small a table is
   * never analyzed by itself, is then taken for hundreds of rows, and for these it pays to plan the
   * verification anew with each capability.
   */
  private static void count(JdbcClient owner) {
    owner.sql("analyze tenancy.binding_key (epoch)").update();
  }

  /** The key with a pad of RFC 2104 over it, as the database keeps it. */
  private static byte[] padded(BindingKeys keys, int epoch, byte pad) {
    byte[] key = keys.binding(epoch);
    byte[] padded = new byte[PAD];
    Arrays.fill(padded, pad);
    for (int i = 0; i < key.length; i++) {
      padded[i] ^= key[i];
    }
    Arrays.fill(key, (byte) 0);
    return padded;
  }

  private void refuseForeign(int epoch) {
    byte[] inner = padded(keys, epoch, (byte) 0x36);
    try {
      boolean ours =
          owner
              .sql("select inner_pad = :inner from tenancy.binding_key where epoch = :epoch")
              .param("inner", inner)
              .param("epoch", epoch)
              .query(Boolean.class)
              .single();
      if (!ours) {
        throw new DatabaseRefusedException(
            "The database was set up with another root key than this server's: its binding key of"
                + " epoch "
                + epoch
                + " differs. Start with the root key that belongs to this database.");
      }
    } finally {
      Arrays.fill(inner, (byte) 0);
    }
  }
}
