package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRole;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checked list of what stands in the database. A SaaS that uses tenancy for its own tables adds
 * a list of its own, in the same form, as a bean of this type.
 *
 * @param modules in the order in which they are migrated
 */
public record TableList(
    List<ListedModule> modules,
    List<ListedTable> tables,
    List<ListedView> views,
    List<ListedFunction> functions) {

  /**
   * A module and the schema of the same name.
   *
   * @param folder the class path folder that holds its {@code migration} and {@code tenant} folders
   */
  public record ListedModule(String name, String folder) {}

  /**
   * A table or partition.
   *
   * @param name with its schema
   * @param purposes the platform purposes that may see it; empty but for that kind
   * @param placed whether tenants with a schema of their own have it there
   * @param kept whether a tenant's rows stay when the tenant is deleted
   * @param column of an internal table: by which its rows are a tenant's, as id or as carried
   *     scope; null where they are not
   */
  public record ListedTable(
      String name,
      TableKind kind,
      List<String> purposes,
      boolean placed,
      boolean kept,
      @Nullable String column) {
    public ListedTable {
      if (kept && kind != TableKind.TENANT || column != null && kind != TableKind.INTERNAL) {
        throw new IllegalArgumentException(
            "table `" + name + "`: a tenant's table is kept, an internal one has rows by a column");
      }
      purposes = List.copyOf(purposes);
      if (purposes.isEmpty() == (kind == TableKind.PLATFORM)) {
        throw new IllegalArgumentException(
            "table `" + name + "`: platform, and only platform, names purposes");
      }
      if (placed && kind != TableKind.TENANT) {
        throw new IllegalArgumentException("table `" + name + "`: only a tenant's table is placed");
      }
    }
  }

  /**
   * A view, which runs with its reader's rights.
   *
   * @param placed whether tenants with a schema of their own have it there
   */
  public record ListedView(String name, Set<DatabaseRole> readers, boolean placed) {
    public ListedView {
      readers = Set.copyOf(readers);
    }
  }

  /**
   * A function that runs with its owner's rights.
   *
   * @param signature as PostgreSQL writes it: schema, name and types of the arguments
   */
  public record ListedFunction(String signature, Set<DatabaseRole> callers) {
    public ListedFunction {
      callers = Set.copyOf(callers);
    }
  }

  public TableList {
    modules = List.copyOf(modules);
    tables = List.copyOf(tables);
    views = List.copyOf(views);
    functions = List.copyOf(functions);
    Set<String> schemas = new HashSet<>();
    for (ListedModule module : modules) {
      if (!schemas.add(module.name())) {
        throw new IllegalArgumentException("module `" + module.name() + "` is listed twice");
      }
    }
    Set<String> names = new HashSet<>();
    Stream.of(
            tables.stream().map(ListedTable::name),
            views.stream().map(ListedView::name),
            functions.stream().map(ListedFunction::signature))
        .flatMap(every -> every)
        .forEach(
            name -> {
              if (!names.add(name)) {
                throw new IllegalArgumentException("`" + name + "` is listed twice");
              }
              if (!schemas.contains(name.substring(0, Math.max(0, name.indexOf('.'))))) {
                throw new IllegalArgumentException("`" + name + "` is in no listed module");
              }
            });
  }

  /** The list of Cofferdam's own modules. */
  public static TableList ofCofferdam() {
    return ofResource("dev/cofferdam/server/tables");
  }

  /** Reads a list from the class path. */
  public static TableList ofResource(String path) {
    try (InputStream in = TableList.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(
            "the list of tables `" + path + "` is not on the class path");
      }
      return TableListReader.read(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This list, then another. */
  public TableList and(TableList more) {
    return new TableList(
        joined(modules, more.modules),
        joined(tables, more.tables),
        joined(views, more.views),
        joined(functions, more.functions));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
