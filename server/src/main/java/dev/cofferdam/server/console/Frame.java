package dev.cofferdam.server.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its content.
 *
 * @param path of the page, to mark it in the navigation
 * @param style the address of the style sheet
 * @param icon the address of the mark that browsers put beside the title
 * @param member what the page knows of who is signed in, or null for nobody
 * @param request the id of the request
 */
public record Frame(
    String title,
    String path,
    String style,
    String icon,
    @Nullable Member member,
    @Nullable String request) {

  /** One of the navigation. */
  public record Link(String path, String text) {}

  /**
   * Somebody who is signed in.
   *
   * @param csrf the token for the page's forms
   * @param session to be ended by signing out
   * @param links the pages that they may open
   */
  public record Member(String csrf, String session, List<Link> links) {}

  /** The token for forms; empty for nobody, whose pages have none. */
  public String csrf() {
    return member == null ? "" : member.csrf();
  }

  /** Whether the navigation has this page. */
  public boolean leadsTo(String other) {
    return member != null && member.links().stream().anyMatch(link -> link.path().equals(other));
  }

  /** What the page with this link says of it: whether one is there, or below it. */
  public @Nullable String current(Link link) {
    if (link.path().equals(path)) {
      return "page";
    }
    return path.startsWith(link.path() + "/") ? "true" : null;
  }
}
