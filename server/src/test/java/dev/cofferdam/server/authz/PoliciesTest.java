package dev.cofferdam.server.authz;

import static dev.cofferdam.server.authz.Membership.ADMIN;
import static dev.cofferdam.server.authz.Membership.AUDITOR;
import static dev.cofferdam.server.authz.Membership.MEMBER;
import static dev.cofferdam.server.authz.Membership.NONE;
import static dev.cofferdam.server.authz.Membership.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.authz.Decision.Denied;
import dev.cofferdam.server.authz.Decision.Permitted;
import dev.cofferdam.server.authz.Matter.OnRelation;
import dev.cofferdam.server.authz.Matter.OnRole;
import dev.cofferdam.server.authz.Matter.OnTenant;
import dev.cofferdam.server.authz.Matter.OnThing;
import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.surface.Access;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the policies promise, said in other words than theirs, over every combination of facts that
 * there is.
 */
class PoliciesTest {
  private static final Authorization AUTHORIZATION =
      new Authorization(AuthzConfiguration.shipped(), new SimpleMeterRegistry());
  private static final List<Facts> ALL = FactSpace.facts();
  private static final List<Facts> PERMITTED =
      ALL.stream().filter(PoliciesTest::isPermitted).toList();
  private static final List<Entrance> ENTERED =
      FactSpace.entrances().stream()
          .filter(facts -> AUTHORIZATION.enter(facts) instanceof Permitted)
          .toList();

  private static final Set<Action> LOOKS =
      Set.of(
          Action.VIEW_TENANT,
          Action.VIEW_PEOPLE,
          Action.VIEW_GROUPS,
          Action.VIEW_PROJECTS,
          Action.VIEW_NODES,
          Action.VIEW_AUDIT,
          Action.VIEW_THING,
          Action.VIEW_GRANTS);

  /** What changes nothing: that, and what only nodes see. */
  private static final Set<Action> UNCHANGING =
      Stream.concat(LOOKS.stream(), Stream.of(Action.READ_SECRET))
          .collect(Collectors.toUnmodifiableSet());

  /** Who is something in a tenant. */
  private static final Set<Subject> HOLDERS =
      Set.of(Subject.PERSON, Subject.AGENT, Subject.SERVICE);

  /** Who holds at least what the other does. Of a member and an auditor neither does. */
  private static final Map<Membership, Set<Membership>> STRONGER =
      Map.of(
          NONE, Set.of(MEMBER, AUDITOR, ADMIN, OWNER),
          MEMBER, Set.of(ADMIN, OWNER),
          AUDITOR, Set.of(ADMIN, OWNER),
          ADMIN, Set.of(OWNER),
          OWNER, Set.of());

  private static boolean isPermitted(Facts facts) {
    return AUTHORIZATION.decide(facts) instanceof Permitted;
  }

  private static void never(Predicate<Facts> that) {
    assertThat(PERMITTED.stream().filter(that).limit(5)).isEmpty();
  }

  private static boolean is(Facts facts, Membership... memberships) {
    return List.of(memberships).contains(facts.standing().membership());
  }

  @Test
  void theSpaceIsWholeBoundedAndNotDeniedAltogether() {
    assertThat(ALL).hasSize(124_320).doesNotHaveDuplicates();
    assertThat(Questions.COUNT).isLessThan(1_000_000);
    assertThat(PERMITTED).hasSizeGreaterThan(500);
    assertThat(PERMITTED.stream().map(Facts::action)).contains(Action.values());
  }

  @Test
  void eachQuestionHasANumberOfItsOwn() {
    Set<Integer> numbers = new HashSet<>();
    Set<Object> questions = new HashSet<>();
    for (Facts facts : ALL) {
      Standing standing = facts.standing();
      numbers.add(Questions.index(facts.action().act(), standing));
      questions.add(List.of(facts.action().act(), standing));
      numbers.add(
          Questions.index(
              facts.action(), standing.subject(), standing.membership(), facts.matter()));
      questions.add(
          List.of(facts.action(), standing.subject(), standing.membership(), facts.matter()));
    }
    for (Entrance facts : FactSpace.entrances()) {
      numbers.add(Questions.index(facts));
      questions.add(facts);
    }

    assertThat(numbers).hasSameSizeAs(questions).allMatch(number -> number < Questions.COUNT);
  }

  @Test
  void nothingAcrossTenants() {
    never(facts -> !facts.standing().sameTenant());
  }

  @Test
  void nothingInATenantThatIsClosed() {
    never(facts -> !facts.standing().open());
  }

  @Test
  void nothingWithTooWeakASignInOrTooNarrowAToken() {
    never(facts -> !facts.standing().assurance() || !facts.standing().scope());
  }

  @Test
  void neitherStrangersNorOperatorsReachATenant() {
    never(
        facts ->
            facts.standing().subject() == Subject.ANONYMOUS
                || facts.standing().subject() == Subject.OPERATOR);
  }

  @Test
  void nobodyWithoutMembershipReachesATenantWhateverWasGrantedToThem() {
    never(facts -> HOLDERS.contains(facts.standing().subject()) && is(facts, NONE));
  }

  @Test
  void auditorsChangeNothingWhateverWasGrantedToThem() {
    never(facts -> is(facts, AUDITOR) && !UNCHANGING.contains(facts.action()));
  }

  @Test
  void machinesAndAgentsChangeWhatIsInThingsAndAdministerNothing() {
    never(
        facts ->
            facts.standing().subject() != Subject.PERSON
                && facts.action() != Action.CHANGE_THING
                && !UNCHANGING.contains(facts.action()));
  }

  @Test
  void visitorsSeeTheirTenantAndChangeNothingWhateverWasGrantedToThem() {
    never(
        facts -> facts.standing().subject() == Subject.VISITOR && !LOOKS.contains(facts.action()));
    assertThat(
            PERMITTED.stream()
                .filter(facts -> facts.standing().subject() == Subject.VISITOR)
                .map(Facts::action))
        .contains(LOOKS.toArray(Action[]::new));
  }

  @Test
  void nodesSeeNothingButWhatWasGrantedToThem() {
    never(
        facts ->
            !HOLDERS.contains(facts.standing().subject())
                && facts.standing().subject() != Subject.VISITOR
                && !(facts.matter() instanceof OnThing thing
                    && thing.reach().relation() != Relation.NONE));
  }

  @Test
  void whatIsSecretIsForNodesThatItWasGrantedToAndForNobodyElse() {
    never(
        facts ->
            facts.action() == Action.READ_SECRET
                && !(facts.standing().subject() == Subject.NODE
                    && facts.matter() instanceof OnThing thing
                    && thing.reach().relation() != Relation.NONE));
    assertThat(PERMITTED.stream().map(Facts::action)).contains(Action.READ_SECRET);
  }

  @Test
  void onlyWhoManagesAProjectOrTheTenantPurges() {
    never(
        facts ->
            facts.action() == Action.PURGE_THING
                && !(facts.standing().subject() == Subject.PERSON
                    && (is(facts, ADMIN, OWNER)
                        || facts.matter() instanceof OnThing thing
                            && thing.reach().relation() == Relation.MANAGER)));
  }

  @Test
  void nobodyGivesOrTakesARoleThatTheyLackOrOfSomebodyWhoHasMore() {
    never(
        facts ->
            facts.matter() instanceof OnRole role
                && !(holds(facts.standing().membership(), role.given())
                    && holds(facts.standing().membership(), role.held())));
  }

  private static boolean holds(Membership one, Membership other) {
    return one == other || STRONGER.getOrDefault(other, Set.of()).contains(one);
  }

  @Test
  void membersAndAuditorsGiveNoRoleAtAll() {
    never(facts -> facts.matter() instanceof OnRole && !is(facts, ADMIN, OWNER));
  }

  @Test
  void nobodyGivesOrTakesARelationThatTheyLack() {
    never(
        facts ->
            facts.matter() instanceof OnRelation about
                && !is(facts, ADMIN, OWNER)
                && (about.reach().relation() != Relation.MANAGER
                    || about.given().compareTo(about.reach().relation()) > 0));
  }

  @Test
  void theAuditLogIsForAuditorsAdminsOwnersAndVisitors() {
    never(
        facts ->
            facts.action() == Action.VIEW_AUDIT
                && facts.standing().subject() != Subject.VISITOR
                && !is(facts, AUDITOR, ADMIN, OWNER));
  }

  @Test
  void onlyAnOwnerClosesTheTenantAndEndsAnEmergency() {
    never(
        facts ->
            Set.of(Action.CLOSE_TENANT, Action.END_EMERGENCY).contains(facts.action())
                && !is(facts, OWNER));
  }

  @Test
  void onlyAnOwnerSaysWhomTheTenantBelieves() {
    never(facts -> facts.action() == Action.CHANGE_FEDERATION && !is(facts, OWNER));
  }

  @Test
  void whatIsArchivedIsNeitherChangedNorGiven() {
    never(
        facts ->
            facts.matter() instanceof OnThing thing
                    && thing.state() == State.ARCHIVED
                    && facts.action() == Action.CHANGE_THING
                || facts.matter() instanceof OnRelation about
                    && about.state() == State.ARCHIVED
                    && facts.action() == Action.GIVE_RELATION);
  }

  @Test
  void aStrongerRoleLosesNothingAndAWeakerOneWinsNothing() {
    for (Facts facts : PERMITTED) {
      for (Membership stronger : STRONGER.getOrDefault(facts.standing().membership(), Set.of())) {
        // What a node is called does not matter to it.
        if (HOLDERS.contains(facts.standing().subject())) {
          assertThat(isPermitted(with(facts, stronger))).as("%s as %s", facts, stronger).isTrue();
        }
      }
    }
  }

  private static Facts with(Facts facts, Membership membership) {
    Standing old = facts.standing();
    return new Facts(
        facts.action(),
        new Standing(
            old.subject(), membership, old.sameTenant(), old.open(), old.assurance(), old.scope()),
        facts.matter());
  }

  @Test
  void aStrongerRelationLosesNothingAndOneThroughAGroupIsWorthTheSame() {
    for (Facts facts : PERMITTED) {
      Reach reach = reach(facts.matter());
      if (reach != null && reach.relation() != Relation.NONE) {
        assertThat(isPermitted(with(facts, new Reach(reach.relation(), !reach.throughGroup()))))
            .as("%s the other way", facts)
            .isTrue();
      }
      if (reach != null && reach.relation() != Relation.MANAGER) {
        Relation stronger = Relation.values()[reach.relation().ordinal() + 1];
        assertThat(isPermitted(with(facts, new Reach(stronger, reach.throughGroup()))))
            .as("%s as %s", facts, stronger)
            .isTrue();
      }
    }
  }

  private static @org.jspecify.annotations.Nullable Reach reach(Matter matter) {
    return switch (matter) {
      case OnTenant tenant -> null;
      case OnRole role -> null;
      case OnThing thing -> thing.reach();
      case OnRelation about -> about.reach();
    };
  }

  private static Facts with(Facts facts, Reach reach) {
    Matter matter =
        switch (facts.matter()) {
          case OnTenant tenant -> tenant;
          case OnRole role -> role;
          case OnThing thing -> new OnThing(reach, thing.state());
          case OnRelation about -> new OnRelation(reach, about.state(), about.given());
        };
    return new Facts(facts.action(), facts.standing(), matter);
  }

  @Test
  void whatOneMayNotSeeAnswersLikeWhatIsNotThere() {
    for (Facts facts : ALL) {
      if (AUTHORIZATION.decide(facts) instanceof Denied(Reason reason)) {
        boolean hidden = !facts.standing().sameTenant() || !isSeen(facts);
        assertThat(reason == Reason.NOT_VISIBLE).as("%s: %s", facts, reason).isEqualTo(hidden);
      }
    }
  }

  private static boolean isSeen(Facts facts) {
    Standing standing = facts.standing().withAllSufficient();
    Reach reach = reach(facts.matter());
    return reach == null
        ? facts.matter() instanceof OnTenant
            || isPermitted(new Facts(Action.VIEW_PEOPLE, standing, new OnTenant()))
        : isPermitted(new Facts(Action.VIEW_THING, standing, new OnThing(reach, State.ACTIVE)));
  }

  @Test
  void whoIsAskedForABetterSignInGetsThereByIt() {
    for (Facts facts : ALL) {
      if (AUTHORIZATION.decide(facts) instanceof Denied(Reason reason)
          && reason == Reason.ASSURANCE) {
        Standing old = facts.standing();
        assertThat(old.subject()).isEqualTo(Subject.PERSON);
        assertThat(
                isPermitted(
                    new Facts(
                        facts.action(),
                        new Standing(
                            old.subject(),
                            old.membership(),
                            old.sameTenant(),
                            old.open(),
                            true,
                            old.scope()),
                        facts.matter())))
            .isTrue();
      }
    }
  }

  @Test
  void strangersEnterOnlyWhatIsForAnyoneAndOnlyOperatorsAndNodesWhatIsForThem() {
    assertThat(ENTERED.stream().map(Entrance::access)).contains(Access.values());
    assertThat(ENTERED)
        .allSatisfy(
            facts -> {
              if (facts.subject() == Subject.ANONYMOUS) {
                assertThat(facts.access()).isEqualTo(Access.ANYONE);
              }
              if (facts.access() == Access.OPERATOR) {
                assertThat(facts.subject()).isEqualTo(Subject.OPERATOR);
              }
              if (facts.access() == Access.NODE) {
                assertThat(facts.workspace() && facts.open()).isTrue();
              }
              if (facts.access() != Access.ANYONE) {
                assertThat(facts.subject() == Subject.NODE)
                    .isEqualTo(facts.access() == Access.NODE);
              }
              if (facts.access() == Access.TENANT) {
                assertThat(facts.subject()).isNotIn(Subject.OPERATOR, Subject.ANONYMOUS);
                assertThat(facts.workspace() && facts.open()).isTrue();
                assertThat(
                        facts.subject() == Subject.VISITOR
                            ? facts.emergency()
                            : facts.roleDeclared())
                    .isTrue();
              }
              if (facts.access() != Access.ANYONE) {
                assertThat(facts.assurance() && facts.scope()).isTrue();
              }
            });
  }
}
