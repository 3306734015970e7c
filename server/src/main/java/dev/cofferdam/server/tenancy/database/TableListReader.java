package dev.cofferdam.server.tenancy.database;

import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.TableList.ListedFunction;
import dev.cofferdam.server.tenancy.database.TableList.ListedModule;
import dev.cofferdam.server.tenancy.database.TableList.ListedTable;
import dev.cofferdam.server.tenancy.database.TableList.ListedView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text form of a {@link TableList}, which is explained at the top of the list itself. */
final class TableListReader {
  private static final Pattern MODULE =
      Pattern.compile("module +(?<name>[a-z][a-z0-9_]*)(?: +at +(?<folder>[A-Za-z0-9_/]+))?");
  private static final Pattern TABLE =
      Pattern.compile(
          "table +(?:(?<kind>tenant|person|internal)|platform\\((?<purposes>[a-z_]+(?:, *[a-z_]+)*)\\))"
              + " +(?<name>[a-z0-9_]+\\.[a-z0-9_]+)(?<placed> +placed)?(?: +(?:(?<kept>kept)|by +(?<column>[a-z_]+)))?");
  private static final Pattern VIEW =
      Pattern.compile(
          "view +(?<who>nobody|app,ops|app|ops) +(?<name>[a-z0-9_]+\\.[a-z0-9_]+)(?<placed> +placed)?");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "function +(?<who>nobody|app,ops|app|ops) +(?<name>[a-z0-9_]+\\.[a-z0-9_]+\\(.*\\))");

  private final List<ListedModule> modules = new ArrayList<>();
  private final List<ListedTable> tables = new ArrayList<>();
  private final List<ListedView> views = new ArrayList<>();
  private final List<ListedFunction> functions = new ArrayList<>();

  private TableListReader() {}

  /**
   * @param source where the text comes from, for messages
   */
  static TableList read(String source, String text) {
    TableListReader reader = new TableListReader();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && !line.startsWith("#") && !reader.take(line)) {
        throw new IllegalArgumentException(
            "line %d of %s is not understood: `%s`".formatted(number, source, line));
      }
    }
    return new TableList(reader.modules, reader.tables, reader.views, reader.functions);
  }

  private boolean take(String line) {
    Matcher module = MODULE.matcher(line);
    if (module.matches()) {
      String folder = module.group("folder");
      String name = module.group("name");
      modules.add(new ListedModule(name, folder == null ? "dev/cofferdam/server/" + name : folder));
      return true;
    }
    Matcher table = TABLE.matcher(line);
    if (table.matches()) {
      String kind = table.group("kind");
      String purposes = table.group("purposes");
      tables.add(
          new ListedTable(
              table.group("name"),
              kind == null ? TableKind.PLATFORM : TableKind.valueOf(kind.toUpperCase(Locale.ROOT)),
              purposes == null ? List.of() : List.of(purposes.split(", *")),
              table.group("placed") != null,
              table.group("kept") != null,
              table.group("column")));
      return true;
    }
    Matcher view = VIEW.matcher(line);
    if (view.matches()) {
      views.add(
          new ListedView(
              view.group("name"), roles(view.group("who")), view.group("placed") != null));
      return true;
    }
    Matcher function = FUNCTION.matcher(line);
    if (function.matches()) {
      functions.add(new ListedFunction(function.group("name"), roles(function.group("who"))));
      return true;
    }
    return false;
  }

  private static Set<DatabaseRole> roles(String who) {
    Set<DatabaseRole> roles = EnumSet.noneOf(DatabaseRole.class);
    if (who.contains("app")) {
      roles.add(DatabaseRole.APP);
    }
    if (who.contains("ops")) {
      roles.add(DatabaseRole.OPS);
    }
    return roles;
  }
}
