package dev.cofferdam.review.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.review.attack.Occupant;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.wire.Answer;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that whoever looks after the machine may copy: the database as a backup by files has it, and
 * as one by text; whatever else the server writes, its log, the mirror and what it leaves for a
 * moment included; and an export of a log. But for the two files that hold a key because they have
 * to, and are nobody else's to read.
 */
final class Copy {
  /** What the server hands over where it has no mail server. */
  static final String LETTERS = "letters";

  private static final Set<String> KEY_FILES = Set.of("root.key", "superuser.password");

  /** What tables hold, each row as JSON, and binary columns in hex. */
  private static final String TABLES =
      """
      select format('select row_to_json(t)::text from %I.%I t', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
      """;

  private final Target target;
  private final Wanted wanted;
  private final Map<String, Set<String>> found = new LinkedHashMap<>();

  private Copy(Target target, Wanted wanted) {
    this.target = target;
    this.wanted = wanted;
  }

  /** What of it is in which part. */
  static Map<String, Set<String>> search(Target target, Wanted wanted)
      throws SQLException, IOException {
    Copy copy = new Copy(target, wanted);
    target.around().still().run();
    try (Session session = target.asSuperuser()) {
      copy.database(session);
      copy.text(session);
    }
    Path data = target.around().data();
    Path postgres = data.resolve("postgres");
    Path mail = data.resolve("mail");
    copy.files(
        "what the server writes",
        data,
        file ->
            !file.startsWith(mail)
                && !file.startsWith(postgres.resolve("data"))
                && !file.startsWith(postgres.resolve("binaries"))
                && !KEY_FILES.contains(file.getFileName().toString()));
    copy.files(LETTERS, mail, file -> true);
    copy.files("what it leaves for a moment", target.around().temporary(), file -> true);
    copy.look("what it prints", Files.readAllBytes(data.resolveSibling("server.out")));
    copy.exports();
    return copy.found;
  }

  /** As a backup by files has it: without the databases that other attacks had before. */
  private void database(Session session) throws IOException {
    Path data = Path.of(session.must("show data_directory").single());
    Path own =
        data.resolve("base")
            .resolve(
                session
                    .must("select oid from pg_database where datname = current_database()")
                    .single());
    session.must("select pg_backup_start('review', true)");
    try {
      files(
          "the files of the database",
          data,
          file -> file.startsWith(own) || !file.startsWith(data.resolve("base")));
    } finally {
      session.must("select pg_backup_stop(false)");
    }
  }

  private void text(Session session) {
    for (List<String> table : rows(session, TABLES)) {
      for (List<String> row : rows(session, table.getFirst())) {
        look("the text of the database", row.getFirst().getBytes(UTF_8));
      }
    }
  }

  private void exports() throws IOException {
    Occupant victim = target.victim();
    Path folder = target.around().scratch().resolve("export");
    target.server().auditExport("tenant/" + victim.id(), folder);
    files("an export of the log", folder, file -> true);
  }

  private void files(String what, Path folder, Predicate<Path> which) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(which)
          .filter(Files::isRegularFile)
          .forEach(
              file -> {
                try {
                  look(what, Files.readAllBytes(file));
                } catch (NoSuchFileException gone) {
                  look(what, new byte[0]);
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              });
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private void look(String what, byte[] bytes) {
    found.computeIfAbsent(what, fresh -> new TreeSet<>()).addAll(wanted.in(bytes));
  }

  private static List<List<String>> rows(Session session, String sql) {
    return switch (session.must(sql)) {
      case Answer.Rows(var rows) ->
          rows.stream().map(row -> row.stream().map(String::valueOf).toList()).toList();
      case Answer.Count _, Answer.Failed _ -> throw new IllegalStateException(sql);
    };
  }
}
