package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.GroupId;
import dev.cofferdam.server.authz.GroupView;
import dev.cofferdam.server.authz.Groups;
import dev.cofferdam.server.console.GroupCard.Choice;
import dev.cofferdam.server.console.GroupCard.Kind;
import dev.cofferdam.server.console.GroupCard.Line;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows what is in one group, for the pages of what can be in one. */
final class GroupCards {
  static final String HTML = "text/html;charset=UTF-8";
  static final String GROUPS = "/groups";
  static final String TITLE = "Groups";

  private final Pages pages;
  private final Groups groups;

  GroupCards(Pages pages, Groups groups) {
    this.pages = pages;
    this.groups = groups;
  }

  /**
   * The page.
   *
   * @param inside that the lines are of
   * @param others that could be put in, for those who may
   */
  String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      GroupId id,
      Kind kind,
      List<Line> lines,
      Page<?> inside,
      Page<Choice> others) {
    Versioned<GroupView> group = groups.show(caller, id).orThrow();
    String path = path(group.body().id(), kind);
    GroupCard card =
        new GroupCard(
            group.body().id().toString(),
            group.body().name(),
            group.version().value(),
            path,
            kind,
            lines,
            more(path + "?after=", inside),
            others.items(),
            more(path + "?others=", others));
    return pages.render(
        "group",
        TITLE,
        path,
        call,
        session,
        Map.of("card", card, "keeper", NodePages.isKeeper(caller)));
  }

  static String path(UUID group, Kind kind) {
    return GROUPS + "/" + group + kind.below();
  }

  static Line line(UUID id, String called, Instant added) {
    return new Line(id.toString(), called, added.toString(), Words.of(added));
  }

  static PageRequest beginning(@Nullable UUID after) {
    return new PageRequest(PageRequest.USUAL, after == null ? null : after.toString());
  }

  /** Where the next page is; empty after the last. */
  static String more(String path, Page<?> page) {
    return page.last() == null ? "" : path + page.last();
  }
}
