package dev.cofferdam.server.edge.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/** No route is passed over that a path may be one of. */
class RouteIndexTest {
  private static final List<String> ROUTES =
      List.of(
          "/",
          "/v1/groups",
          "/v1/groups/{group}",
          "/v1/groups/mine",
          "/v1/groups/{group}/members/{member}",
          "/v1/{kind}/{thing}",
          "/files/*.txt",
          "/files/{name:[a-z]+}",
          "/files/v{version}",
          "/pages/{*rest}");

  private final RouteIndex<String> index = new RouteIndex<>();

  RouteIndexTest() {
    ROUTES.forEach(route -> index.add(route, route));
  }

  @Test
  void everyRouteIsNamedThatAPathMatches() {
    for (String path :
        List.of(
            "/",
            "",
            "/v1/groups",
            "/v1/groups/",
            "/v1/groups//",
            "/v1/groups/mine",
            "/v1/groups/a",
            "/v1/%67roups/a",
            "/v1/groups/a%2Fb",
            "/v1/groups/a/members/b",
            "/v1//groups",
            "/files/a.txt",
            "/files/abc",
            "/files/v2",
            "/pages/a/b/c",
            "/pages",
            "/nowhere")) {
      assertThat(index.candidates(path))
          .as(path)
          .containsAll(
              ROUTES.stream()
                  .filter(
                      route ->
                          PathPatternParser.defaultInstance
                              .parse(route)
                              .matches(PathContainer.parsePath(path)))
                  .toList());
    }
  }

  @Test
  void whatBeginsOtherwiseOrGoesOnIsPassedOver() {
    Map.<String, List<String>>of(
            "/v1/groups/a", List.of("/v1/groups/{group}", "/v1/{kind}/{thing}"),
            "/v1/groups/a/members", List.of(),
            "/v1/groups", List.of("/v1/groups"))
        .forEach(
            (path, routes) ->
                assertThat(index.candidates(path))
                    .as(path)
                    .filteredOn(route -> !route.startsWith("/files") && !route.startsWith("/pages"))
                    .containsExactlyInAnyOrderElementsOf(routes));
  }
}
