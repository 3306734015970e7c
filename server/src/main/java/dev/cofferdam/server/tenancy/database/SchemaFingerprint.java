package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRefusedException;
import dev.cofferdam.server.tenancy.database.TableList.ListedModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the schemas of modules with what their migrations make. Checksums of migrations cannot
 * tell that somebody edited a table by hand; this can.
 *
 * <p>What migrations make is written in the file {@code schema.txt} in the folder of each module,
 * beside its migrations. Of a module that has no such file nothing is compared.
 */
public final class SchemaFingerprint {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaFingerprint.class);
  private static final int NAMED = 5;

  private final DataSource owner;
  private final TableList list;

  SchemaFingerprint(DataSource owner, TableList list) {
    this.owner = owner;
    this.list = list;
  }

  /**
   * The text of {@code schema.txt} for a module whose schema is as its migrations made it: for the
   * test that holds the file to the migrations.
   *
   * @param owner connections of the owner role that are not pooled
   */
  public static String of(DataSource owner, String module) {
    return SchemaLines.read(owner, List.of(module), List.of()).stream()
        .map(line -> line + "\n")
        .collect(
            Collectors.joining(
                "",
                "# What the migrations of module %s make. Generated; a test fails when it is stale.\n"
                    .formatted(module),
                ""));
  }

  /**
   * Refuses unless all is as the migrations made it.
   *
   * @throws DatabaseRefusedException naming the first differences
   */
  void require() {
    List<String> modules = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (ListedModule module : list.modules()) {
      Optional<List<String>> written = written(module);
      if (written.isPresent()) {
        modules.add(module.name());
        expected.addAll(written.get());
      } else {
        LOG.info(
            "Module {} has no {}/schema.txt: an edit of its schema by hand would not be noticed.",
            module.name(),
            module.folder());
      }
    }
    List<String> found = SchemaLines.read(owner, modules, List.of());
    List<String> missing = without(expected, found);
    List<String> unexpected = without(found, expected);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new DatabaseRefusedException(
          "The schema of the database was edited: %s. Undo the edit, or restore the database from a backup."
              .formatted(
                  Stream.of(
                          named("it lacks", missing),
                          named("it has, beside what its migrations made,", unexpected))
                      .flatMap(Optional::stream)
                      .collect(Collectors.joining("; "))));
    }
  }

  private static Optional<List<String>> written(ListedModule module) {
    String path = module.folder() + "/schema.txt";
    try (InputStream in = SchemaFingerprint.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        return Optional.empty();
      }
      return Optional.of(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> without(List<String> lines, List<String> taken) {
    Set<String> known = new HashSet<>(taken);
    return lines.stream().filter(line -> !known.contains(line)).toList();
  }

  private static Optional<String> named(String words, List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String first =
        lines.stream()
            .limit(NAMED)
            .map(line -> "`" + line + "`")
            .collect(Collectors.joining(", ", words + " ", ""));
    int more = lines.size() - NAMED;
    return Optional.of(more > 0 ? first + " and %d more".formatted(more) : first);
  }
}
