package dev.cofferdam.review.signoff;

import java.util.List;
import java.util.Map;

/**
 * What of the server's routes and problems a whole run reached, as it ships; empty for a run of a
 * part.
 */
public record Reached(List<RouteRow> routes, List<CodeRow> codes) {
  public Reached {
    routes = List.copyOf(routes);
    codes = List.copyOf(codes);
  }

  /**
   * A route.
   *
   * @param route method and path
   * @param access who may call
   * @param by how often it was asked for, by whom
   */
  public record RouteRow(String route, String access, Map<String, Integer> by) {
    public RouteRow {
      by = Sorted.copy(by);
    }
  }

  /**
   * A problem.
   *
   * @param met how often
   * @param reason why no attack can meet it; empty when one did
   */
  public record CodeRow(String code, int met, String reason) {}
}
