package dev.cofferdam.server.edge.door;

import java.util.List;
import java.util.function.Supplier;

/**
 * Where somebody comes back to who was sent away to sign in, which is with GET: to what they asked
 * for, or, where that is only posted to, to the page above it that has the form.
 */
final class WaysBack {
  private final Supplier<List<Route>> routes;

  /**
   * @param routes asked when somebody is sent away, and not before
   */
  WaysBack(Supplier<List<Route>> routes) {
    this.routes = routes;
  }

  /** From a request with this method. */
  String from(String method, String path) {
    if (method.equals("GET")) {
      return path;
    }
    List<String> shown =
        routes.get().stream()
            .filter(route -> route.method().equals("GET"))
            .map(Route::path)
            .toList();
    String back = path;
    while (!back.isEmpty() && !isAmong(shown, back)) {
      back = back.substring(0, Math.max(0, back.lastIndexOf('/')));
    }
    return back.isEmpty() ? "/" : back;
  }

  private static boolean isAmong(List<String> templates, String path) {
    return templates.stream().anyMatch(template -> fits(template.split("/"), path.split("/")));
  }

  private static boolean fits(String[] template, String[] path) {
    if (template.length != path.length) {
      return false;
    }
    for (int n = 0; n < path.length; n++) {
      if (!template[n].startsWith("{") && !template[n].equals(path[n])) {
        return false;
      }
    }
    return true;
  }
}
