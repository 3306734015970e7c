package dev.cofferdam.review.laboratory;

import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL that the server started, and clones of the database in it. */
final class Cluster implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  /**
   * How long ago those who live in a clone may have signed in when an attack begins: a tenth of the
   * age that is asked of them anywhere.
   */
  private static final Duration FRESH = Duration.ofSeconds(30);

  /** A second ago, so that it is no sign-in to come where an attack stops the clock at this one. */
  private static final String SIGNED_IN_NOW =
      """
      update identity.session
         set auth_time = now() - interval '1 second', seen_at = now(),
             step_up_time = case when step_up_time is not null then now() - interval '1 second' end
      """;

  static final String PRISTINE = "pristine";

  private static final Duration TO_SETTLE = Duration.ofSeconds(60);

  private final String address;
  private final String own;
  private final Map<String, String> passwords;
  private final String superuser;
  private final Beside beside;

  /** When those in the template signed in; asked and set while {@link #beside} is held alone. */
  private long signedIn;

  /**
   * @param address host and port
   * @param own the server's own database
   * @param passwords by role, as the server's driver was given them
   * @param superuser the one role among them that is none of Cofferdam's
   */
  private Cluster(String address, String own, Map<String, String> passwords, String superuser) {
    this.address = address;
    this.own = own;
    this.passwords = Map.copyOf(passwords);
    this.superuser = superuser;
    this.beside = new Beside(address, superuser, String.valueOf(passwords.get(superuser)));
  }

  /** The cluster that a server's credentials lead to. */
  static Cluster of(List<String> credentials) {
    Map<String, String> passwords = new HashMap<>();
    for (int i = 2; i + 1 < credentials.size(); i += 2) {
      passwords.put(credentials.get(i), credentials.get(i + 1));
    }
    String superuser =
        passwords.keySet().stream()
            .filter(role -> !role.startsWith("cofferdam_"))
            .findFirst()
            .orElseThrow(
                () ->
                    new LaboratoryException(
                        "the server's driver was never given a superuser's password"));
    return new Cluster(credentials.get(0), credentials.get(1), passwords, superuser);
  }

  /** Host and port. */
  String address() {
    return address;
  }

  /** By role, as the server's driver was given them. */
  Map<String, String> passwords() {
    return passwords;
  }

  /** The one role with a password that is none of Cofferdam's. */
  String superuser() {
    return superuser;
  }

  /**
   * Has PostgreSQL keep each password as it is, but turned around once and not four thousand times
   * (RFC 5802): that is for passwords that somebody could guess, and was half of what the server
   * computed, as every clone means connecting anew. Whoever connects proves the same.
   */
  void shortenHandshakes() {
    beside.run(
        session -> {
          session.must("set scram_iterations = 1");
          passwords.forEach(
              (role, password) ->
                  session.must(
                      "alter role %s password '%s'".formatted(role, password.replace("'", "''"))));
        });
  }

  /**
   * Makes of the server's own database the template of all clones. Nobody connects to it again.
   * What happens here need not survive a power cut, so nothing waits for the disk any more.
   */
  void makePristine() {
    beside.run(
        session -> {
          hurry(Path.of(session.must("show config_file").single()));
          session.must("select pg_reload_conf()");
          session.must("alter database " + own + " allow_connections false");
          session.must(
              "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '"
                  + own
                  + "'");
          clone(session, own, PRISTINE);
          signIn(session);
        });
  }

  /**
   * Lets everybody in the template have signed in just now. Once for many clones: in each of them
   * it would take a connection that nobody needs otherwise.
   */
  private void signIn(Session session) {
    session.must("alter database " + PRISTINE + " allow_connections true");
    in(PRISTINE, within -> within.must(SIGNED_IN_NOW));
    session.must("alter database " + PRISTINE + " allow_connections false");
    signedIn = System.nanoTime();
  }

  /**
   * Waits until every record of the server's own database stands in its log. What still waited when
   * the template was made would wait in each clone, and the longer ago that was the more overdue.
   */
  void settle() {
    in(
        own,
        session -> {
          long deadline = System.nanoTime() + TO_SETTLE.toNanos();
          while (!rows(session, "select from audit.outbox limit 1").isEmpty()) {
            if (System.nanoTime() > deadline) {
              throw new LaboratoryException("The records of what was furnished found no log.");
            }
            Pauses.pause(PAUSE, "records found their log");
          }
        });
  }

  private static void hurry(Path configuration) {
    try {
      Files.writeString(
          configuration,
          """

          fsync = off
          full_page_writes = off
          synchronous_commit = off
          autovacuum = off
          # Each clone is three checkpoints, of which nobody reads.
          log_checkpoints = off
          bgwriter_lru_maxpages = 0
          update_process_title = off
          """,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes {@code name} a clone. Whoever lives there signed in before it was made, at most half as
   * long ago as it is taken for fresh.
   *
   * @return when they signed in
   */
  long clone(String name) {
    long[] since = new long[1];
    beside.run(
        session -> {
          if (System.nanoTime() - signedIn > FRESH.toNanos() / 2) {
            signIn(session);
          }
          clone(session, PRISTINE, name);
          since[0] = signedIn;
        });
    return since[0];
  }

  /** Whether those who live in a clone signed in lately enough for an attack to begin. */
  static boolean isFresh(long signedIn) {
    return System.nanoTime() - signedIn < FRESH.toNanos();
  }

  /** Changes a database that stands in. */
  void change(String name, List<String> changes) {
    if (!changes.isEmpty()) {
      in(name, session -> changes.forEach(session::must));
    }
  }

  /** Puts back what a change did to roles and parameters, which all databases share. */
  void undo(List<String> statements) {
    List<String> all = statements.stream().filter(sql -> !sql.isEmpty()).toList();
    if (!all.isEmpty()) {
      beside.run(session -> all.forEach(session::must));
    }
  }

  /** Writes into the server's own database, while it still is one. */
  void plant(String sql) {
    in(own, session -> session.must(sql));
  }

  void drop(String name) {
    beside.run(session -> session.must("drop database if exists " + name + " with (force)"));
  }

  /**
   * CREATE DATABASE copies what is in a database, but neither its rights nor its settings. File by
   * file costs a third of what block by block through the log does, which PostgreSQL takes for
   * granted that somebody needs.
   */
  private static void clone(Session session, String template, String name) {
    session.must(
        "create database %s template %s strategy file_copy owner cofferdam_owner"
            .formatted(name, template));
    session.must("revoke all on database " + name + " from public");
    for (List<@Nullable String> row :
        rows(
            session,
            """
            select format('grant %s on database %I to %s', privilege_type, '${name}',
                     case grantee when 0 then 'public' else quote_ident(grantee::regrole::text) end)
              from pg_database, aclexplode(datacl)
             where datname = '${template}' and grantee <> datdba
            union all
            select format('alter %s set %s = %L',
                     case setrole when 0 then 'database ${name}'
                       else format('role %I in database ${name}', setrole::regrole) end,
                     split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1))
              from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase,
                   unnest(setconfig) setting
             where datname = '${template}'
            """
                .replace("${name}", name)
                .replace("${template}", template))) {
      session.must(String.valueOf(row.getFirst()));
    }
  }

  private static List<List<@Nullable String>> rows(Session session, String sql) {
    return switch (session.must(sql)) {
      case Answer.Rows(var rows) -> rows;
      case Answer.Count _, Answer.Failed _ -> throw new IllegalStateException(sql);
    };
  }

  @Override
  public void close() {
    beside.close();
  }

  private void in(String database, Consumer<Session> work) {
    try (Session session =
        Session.open(address, database, superuser, String.valueOf(passwords.get(superuser)))) {
      work.accept(session);
    } catch (SQLException failed) {
      throw new LaboratoryException("PostgreSQL cannot be reached as " + superuser, failed);
    }
  }
}
