package dev.cofferdam.review.web;

import dev.cofferdam.review.register.RouteProbes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody of a tenant may there, route by route: by what the server's document declares of
 * each, and for routes of every role by what is reviewed of what they name ({@code withheld} in
 * {@code probes.yaml}).
 */
public final class Entitlements {
  /** People of the tenant, by their role. */
  public static final Set<Who> PEOPLE =
      Collections.unmodifiableSet(EnumSet.of(Who.MEMBER, Who.AUDITOR, Who.ADMIN));

  private static final Set<String> OF_PEOPLE = Set.of("forbidden");
  private static final Set<String> OF_LATE_SIGN_INS =
      Set.of("forbidden", "insufficient_user_authentication");
  private static final Set<String> OF_THINGS = Set.of("forbidden", "not_found");
  private static final Set<String> OF_PROGRAMS =
      Set.of("person_required", "forbidden", "insufficient_scope");

  /** What a route's document says where it takes a token of some scope. */
  private static final String TAKES_TOKENS = "insufficient_scope";

  /** What it says where it takes a newer sign-in than there may be. */
  private static final String TAKES_SIGN_IN = "insufficient_user_authentication";

  private final List<RouteProbes.Withheld> withheld;

  public Entitlements(RouteProbes data) {
    this.withheld = data.withheld();
  }

  /**
   * The problems of which {@code who} is to meet one; empty where they may ask, so that what comes
   * back is theirs.
   *
   * @param who of the tenant that the session or the token is bound to
   * @throws IllegalArgumentException for whoever is not of a tenant
   */
  public Set<String> denials(Route route, Who who) {
    return switch (who) {
      case MEMBER, AUDITOR, ADMIN -> ofPeople(route, who);
      case SERVICE, AGENT -> ofPrograms(route);
      case NODE -> isFor(route, "anyone", "node") ? Set.of() : OF_PROGRAMS;
      case NOBODY,
          FORGER,
          STRANGER,
          FORMER,
          FOREIGNER,
          GUEST,
          OWNER,
          TOKEN,
          FOREIGN_NODE,
          REVOKED_NODE,
          EXPIRED,
          OTHER_AUDIENCE,
          INVITE_CODE,
          BOOTSTRAP_TOKEN,
          AUTHORIZATION_CODE,
          REFRESH_TOKEN,
          STEP_UP,
          FORM_TOKEN,
          OPERATOR,
          NEWCOMER ->
          throw new IllegalArgumentException(who.word() + " has nothing in a tenant");
    };
  }

  private Set<String> ofPeople(Route route, Who who) {
    if (isFor(route, "anyone", "person")) {
      return Set.of();
    }
    String role = who.word();
    boolean entered =
        isFor(route, "tenant") && (route.roles().isEmpty() || route.roles().contains(role));
    if (entered) {
      return withheld.stream()
              .anyMatch(one -> one.routes().contains(route.name()) && one.from().contains(role))
          ? OF_THINGS
          : Set.of();
    }
    return route.codes().contains(TAKES_SIGN_IN) ? OF_LATE_SIGN_INS : OF_PEOPLE;
  }

  /** Of programs that have every scope, in the role that has most. */
  private static Set<String> ofPrograms(Route route) {
    boolean entered =
        isFor(route, "anyone") || isFor(route, "tenant") && route.codes().contains(TAKES_TOKENS);
    return entered ? Set.of() : OF_PROGRAMS;
  }

  private static boolean isFor(Route route, String... access) {
    return List.of(access).contains(route.access());
  }
}
