package dev.cofferdam.review.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.review.register.RouteProbes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EntitlementsTest {
  private static final Route HIDDEN = route("DELETE", "/v1/tokens/{token}", "tenant", Set.of());

  private final Entitlements entitlements =
      new Entitlements(
          new RouteProbes(
              Map.of(),
              Map.of(),
              List.of(),
              Set.of(),
              Set.of(),
              List.of(new RouteProbes.Withheld(Set.of(HIDDEN.name()), Set.of("member"))),
              List.of(),
              Map.of(),
              Map.of()));

  @Test
  void aRoleThatIsNotDeclaredIsForbidden() {
    Route route = route("POST", "/v1/groups", "tenant", Set.of("admin", "owner"));

    assertThat(entitlements.denials(route, Who.MEMBER)).containsExactly("forbidden");
    assertThat(entitlements.denials(route, Who.AUDITOR)).containsExactly("forbidden");
    assertThat(entitlements.denials(route, Who.ADMIN)).isEmpty();
  }

  @Test
  void whatIsOperatorsOrNodesIsNobodysOfATenant() {
    for (String access : List.of("operator", "node")) {
      for (Who who : Entitlements.PEOPLE) {
        assertThat(entitlements.denials(route("GET", "/v1/x", access, Set.of()), who)).isNotEmpty();
      }
    }
    Route ofNodes = route("GET", "/v1/x", "node", Set.of());
    assertThat(entitlements.denials(ofNodes, Who.NODE)).isEmpty();
    assertThat(entitlements.denials(ofNodes, Who.SERVICE)).isNotEmpty();
    assertThat(entitlements.denials(route("GET", "/v1/x", "person", Set.of()), Who.MEMBER))
        .isEmpty();
  }

  @Test
  void aTokenGetsWhereTheDocumentNamesAScopeAndANodeNowhereElse() {
    Route scoped = route("GET", "/v1/groups", "tenant", Set.of(), "insufficient_scope");
    Route unscoped = route("GET", "/v1/invites", "tenant", Set.of(), "person_required");

    assertThat(entitlements.denials(scoped, Who.SERVICE)).isEmpty();
    assertThat(entitlements.denials(scoped, Who.AGENT)).isEmpty();
    assertThat(entitlements.denials(scoped, Who.NODE)).isNotEmpty();
    assertThat(entitlements.denials(unscoped, Who.SERVICE)).contains("person_required");
    assertThat(entitlements.denials(unscoped, Who.AGENT)).doesNotContain("unauthenticated");
  }

  @Test
  void whatIsWithheldOfWhatEveryRoleGetsToIsDeniedAsAThing() {
    assertThat(entitlements.denials(HIDDEN, Who.MEMBER))
        .containsExactlyInAnyOrder("forbidden", "not_found");
    assertThat(entitlements.denials(HIDDEN, Who.AUDITOR)).isEmpty();
  }

  @Test
  void whoeverIsNotOfATenantIsNobodyToAskAbout() {
    assertThatThrownBy(() -> entitlements.denials(HIDDEN, Who.FOREIGNER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Route route(
      String method, String path, String access, Set<String> roles, String... codes) {
    return new Route(
        method,
        path,
        access,
        roles,
        "a.thing",
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
