package dev.cofferdam.review.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.review.register.RouteProbes;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CoverageTest {
  private static final Route GROUP = route("GET", "/v1/groups/{group}", "tenant", "not_found");
  private static final Route MINE = route("GET", "/v1/groups/mine", "person");
  private static final Route TILE = route("GET", "/v1/log/tile/{level}/{tile}", "anyone");
  private static final Route TENANTS = route("GET", "/v1/operator/tenants", "operator");
  private static final Routes ROUTES = new Routes(List.of(GROUP, MINE, TILE, TENANTS));

  private final Touched touched = new Touched();

  @Test
  void aRequestReachesTheRouteThatLeavesLeastOpen() {
    assertThat(ROUTES.at("GET", "/v1/groups/mine?x=/a/b")).contains(MINE);
    assertThat(ROUTES.at("HEAD", "/v1/groups/0190")).contains(GROUP);
    assertThat(ROUTES.at("GET", "/v1/log/tile/0/x001/000.p/1")).contains(TILE);
    assertThat(ROUTES.at("GET", "/v1/groups/0190/more")).isEmpty();
    assertThat(ROUTES.at("DELETE", "/v1/groups/0190")).isEmpty();
  }

  @Test
  void whoeverWasNeverToldNoIsNamed() {
    ask(Who.NOBODY, "/v1/groups/a", "");
    ask(Who.FORGER, "/v1/groups/a", "s=forged");
    ask(Who.STRANGER, "/v1/groups/a", "s=1");
    ask(Who.FOREIGNER, "/v1/groups/a", "s=2");
    ask(Who.OWNER, "/v1/groups/mine", "s=3");
    ask(Who.NOBODY, "/v1/log/tile/0/000", "");
    for (String path : List.of("/v1/groups/a", "/v1/groups/mine")) {
      Who.MISPLACED.stream()
          .filter(who -> who != Who.EXPIRED || path.endsWith("/a"))
          .forEach(who -> ask(who, path, ""));
      ask(Who.AGENT, path, "");
      ask(Who.SERVICE, path, "");
    }
    ask(Who.NODE, "/v1/groups/a", "");

    assertThat(missing(Map.of()))
        .containsExactly(
            "GET /v1/groups/{group}: never asked for by former",
            "GET /v1/groups/mine: never asked for by nobody",
            "GET /v1/groups/mine: never asked for by forger",
            "GET /v1/groups/mine: never asked for by node",
            "GET /v1/groups/mine: never asked for by expired",
            "GET /v1/operator/tenants: no attack asks for it",
            "the problem `not_found`: no attack meets it");
  }

  @Test
  void aRouteThatIsAskedForElsewhereOnlyHasToBeAskedFor() {
    ask(Who.NEWCOMER, "/v1/operator/tenants", "s=1");

    assertThat(missing(Map.of("GET /v1/operator/tenants", "a reason")))
        .noneMatch(line -> line.contains("operator"));
  }

  @Test
  void aProblemThatNoAttackMeetsIsNamedUnlessThereIsAReason() {
    assertThat(missing(Map.of())).contains("the problem `not_found`: no attack meets it");
    assertThat(unmet("not_found")).noneMatch(line -> line.contains("problem"));
    assertThat(unmet("not_found", "gone")).contains("there is no problem `gone` any more");
    touched.count(ROUTES, Who.OWNER, Ask.get("/v1/groups/a"), problem("not_found"));
    assertThat(Coverage.of(ROUTES, probes(Map.of(), Map.of("not_found", "why")), touched).codes())
        .containsExactly(new Coverage.CodeMet("not_found", 1, ""));
  }

  @Test
  void whoShowsATokenIsAProgramAndWhoShowsNothingIsNobody() {
    touched.count(
        ROUTES,
        Who.OWNER,
        Ask.get("/v1/groups/a").with("Authorization", "Bearer x"),
        problem("not_found"));
    ask(Who.OWNER, "/v1/groups/a", "");
    ask(Who.NOBODY, "/v1/groups/a", "s=came-in");

    assertThat(touched.by(GROUP))
        .containsOnly(
            Map.entry(Who.TOKEN, 1), Map.entry(Who.NOBODY, 1), Map.entry(Who.NEWCOMER, 1));
    assertThat(Touched.together(List.of(touched, touched)).by(GROUP)).containsEntry(Who.TOKEN, 2);
  }

  private void ask(Who who, String target, String cookie) {
    Ask ask = Ask.get(target);
    touched.count(
        ROUTES,
        who,
        cookie.isEmpty() ? ask : ask.with("Cookie", cookie),
        new Reply(200, List.of(), new byte[0], 0));
  }

  private static Reply problem(String code) {
    return new Reply(
        404, List.of(), "{\"code\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8), 0);
  }

  private List<String> missing(Map<String, String> elsewhere) {
    return Coverage.of(ROUTES, probes(elsewhere, Map.of()), touched).missing();
  }

  private List<String> unmet(String... codes) {
    Map<String, String> unmet = new HashMap<>();
    for (String code : codes) {
      unmet.put(code, "a reason");
    }
    return Coverage.of(ROUTES, probes(Map.of(), unmet), touched).missing();
  }

  private static RouteProbes probes(Map<String, String> elsewhere, Map<String, String> unmet) {
    return new RouteProbes(
        Map.of(), Map.of(), List.of(), Set.of(), Set.of(), List.of(), List.of(), elsewhere, unmet);
  }

  private static Route route(String method, String path, String access, String... codes) {
    return new Route(
        method,
        path,
        access,
        Set.of(),
        "group.read",
        List.of(),
        List.of(),
        false,
        false,
        false,
        false,
        false,
        false,
        Set.of(codes));
  }
}
