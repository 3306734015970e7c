package dev.cofferdam.server.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its content.
 *
 * @param path of the page, to mark it in the navigation
 * @param style the address of the style sheet
 * @param csrf the token for the page's forms, or null for somebody who is not signed in
 * @param request the id of the request
 */
public record Frame(
    String title, String path, String style, @Nullable String csrf, @Nullable String request) {

  /** One of the navigation. */
  public record Link(String path, String text) {}

  public List<Link> links() {
    return List.of(
        new Link("/home", "Home"),
        new Link("/members", "Members"),
        new Link("/invites", "Invites"),
        new Link("/workspaces", "Workspaces"),
        new Link("/sessions", "Sessions"));
  }
}
