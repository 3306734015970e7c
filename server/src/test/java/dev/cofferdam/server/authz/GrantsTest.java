package dev.cofferdam.server.authz;

import static dev.cofferdam.server.authz.Workplace.done;
import static dev.cofferdam.server.authz.Workplace.ifMatch;
import static dev.cofferdam.server.authz.Workplace.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.identity.Memberships;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.testing.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrantsTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Workplace place = new Workplace(SERVER, SERVER.newTenant());
  private final Caller.Person member = place.joined(Role.MEMBER);
  private final ProjectId project = place.project("Keel");

  @ParameterizedTest
  @EnumSource
  void whatIsGrantedDirectlyOrThroughAGroupShowsAndCounts(WantedPlacement placement) {
    Workplace here = new Workplace(SERVER, SERVER.newTenant(placement));
    Caller.Person one = here.joined(Role.MEMBER);
    Caller.Person other = here.joined(Role.MEMBER);
    ProjectId keel = here.project("Keel");
    GroupId crew = here.group("Crew", other);

    assertThat(here.show(one, keel)).isEqualTo(new Shown.Hidden<>(Reason.NOT_VISIBLE));
    done(here.give(here.owner, keel, of(one), Relation.READER));
    done(here.give(here.owner, keel, new Grantee.OfGroup(crew), Relation.WRITER));

    assertThat(seen(here.show(one, keel)).relation()).isEqualTo("reader");
    assertThat(seen(here.show(other, keel)).relation()).isEqualTo("writer");
    done(here.take(here.owner, keel, of(one)));
    assertThat(here.show(one, keel)).isInstanceOf(Shown.Hidden.class);
  }

  private static ProjectView seen(Shown<Versioned<ProjectView>> shown) {
    return ((Shown.Seen<Versioned<ProjectView>>) shown).thing().body();
  }

  @Test
  void theStrongerOfTwoRelationsCounts() {
    done(place.give(place.owner, project, of(member), Relation.READER));
    done(
        place.give(
            place.owner,
            project,
            new Grantee.OfGroup(place.group("Crew", member)),
            Relation.MANAGER));

    assertThat(seen(place.show(member, project)).relation()).isEqualTo("manager");
  }

  @Test
  void nobodyGivesWhatTheyLack() {
    Caller.Person friend = place.joined(Role.MEMBER);

    assertThat(place.give(member, project, of(friend), Relation.READER))
        .isEqualTo(new Change.Denied<>(Reason.NOT_VISIBLE));
    done(place.give(place.owner, project, of(member), Relation.WRITER));
    assertThat(place.give(member, project, of(friend), Relation.READER))
        .isEqualTo(new Change.Denied<>(Reason.NOT_ALLOWED));
    assertThat(place.give(member, project, of(member), Relation.MANAGER))
        .isEqualTo(new Change.Denied<>(Reason.NOT_ALLOWED));
    done(place.give(place.owner, project, of(member), Relation.MANAGER));
    assertThat(done(place.give(member, project, of(friend), Relation.MANAGER)).relation())
        .isEqualTo("manager");
  }

  @Test
  void anAuditorSeesEverythingAndChangesNothingWhateverWasGrantedToThem() {
    Caller.Person auditor = place.joined(Role.AUDITOR);
    done(place.give(place.owner, project, of(auditor), Relation.MANAGER));

    assertThat(place.show(auditor, project)).isInstanceOf(Shown.Seen.class);
    assertThat(place.give(auditor, project, of(member), Relation.READER))
        .isEqualTo(new Change.Denied<>(Reason.NOT_ALLOWED));
    assertThat(place.rename(auditor, project, "Mine", 1))
        .isEqualTo(new Change.Denied<>(Reason.NOT_ALLOWED));
    assertThat(place.createGroup(auditor, "Mine"))
        .isEqualTo(new Change.Denied<>(Reason.NOT_ALLOWED));
    assertThat(place.createProject(auditor, "Mine"))
        .isEqualTo(new Change.Denied<>(Reason.NOT_ALLOWED));
  }

  @Test
  void anotherTenantsThingsAreNotThereEvenForItsOwner() {
    Workplace theirs = new Workplace(SERVER, SERVER.newTenant());
    ProjectId secret = theirs.project("Secret");
    GroupId group = theirs.group("Theirs");
    UUID nothing = UUID.randomUUID();

    assertThat(place.show(place.owner, secret))
        .isEqualTo(place.show(place.owner, new ProjectId(nothing)))
        .isInstanceOf(Shown.Hidden.class);
    assertThat(place.rename(place.owner, secret, "Ours", 1)).isEqualTo(new Change.Unknown<>());
    assertThat(place.give(place.owner, secret, of(place.owner), Relation.MANAGER))
        .isEqualTo(new Change.Unknown<>());
    assertThat(place.give(place.owner, project, new Grantee.OfGroup(group), Relation.READER))
        .isEqualTo(new Change.NobodyThere<>());
    assertThat(place.give(place.owner, project, of(theirs.owner), Relation.READER))
        .isEqualTo(new Change.NobodyThere<>());
    assertThat(place.take(place.owner, project, of(theirs.owner)))
        .isEqualTo(new Change.Unknown<>());
    assertThat(
            place.here(
                () ->
                    SERVER
                        .bean(Groups.class)
                        .add(Workplace.call(place.owner), place.owner, group, member.id())))
        .isEqualTo(new Change.Unknown<>());
  }

  @Test
  void aSessionOfAnotherTenantIsDeniedWhateverRowItIsShown() {
    // As if the binding of the database had failed: the row is there, and the facts still say no.
    Workplace theirs = new Workplace(SERVER, SERVER.newTenant());

    assertThat(place.show(theirs.owner, project)).isEqualTo(new Shown.Hidden<>(Reason.NOT_VISIBLE));
    assertThat(place.give(theirs.owner, project, of(member), Relation.READER))
        .isEqualTo(new Change.Denied<>(Reason.NOT_VISIBLE));
  }

  @Test
  void whoLeavesTheTenantComesBackWithNothing() {
    GroupId crew = place.group("Crew", member);
    done(place.give(place.owner, project, of(member), Relation.READER));
    done(place.give(place.owner, project, new Grantee.OfGroup(crew), Relation.READER));

    place.here(
        () ->
            SERVER
                .bean(Memberships.class)
                .remove(Workplace.call(place.owner), place.owner, member.id(), ifMatch(1)));

    assertThat(place.show(member, project)).isInstanceOf(Shown.Hidden.class);
  }

  @Test
  void aGroupTakesItsGrantsAlong() {
    GroupId crew = place.group("Crew", member);
    done(place.give(place.owner, project, new Grantee.OfGroup(crew), Relation.READER));

    done(
        place.here(
            () ->
                SERVER
                    .bean(Groups.class)
                    .remove(Workplace.call(place.owner), place.owner, crew, ifMatch(1))));

    assertThat(place.show(member, project)).isInstanceOf(Shown.Hidden.class);
    assertThat(place.take(place.owner, project, new Grantee.OfGroup(crew)))
        .isEqualTo(new Change.Unknown<>());
  }

  @Test
  void aNameIsGivenOnceHoweverItIsWritten() {
    assertThat(place.createProject(place.owner, "KEEL")).isEqualTo(new Change.NameTaken<>());
    ProjectId other = place.project("Mast");
    assertThat(place.rename(place.owner, other, "keel", 1)).isEqualTo(new Change.NameTaken<>());
    assertThat(done(place.rename(place.owner, other, "Sail", 1)).version().value()).isEqualTo("2");
    place.group("Crew");
    assertThat(place.createGroup(place.owner, "crew")).isEqualTo(new Change.NameTaken<>());
  }

  @Test
  void aChangeOnAnOldVersionIsRefused() {
    done(place.rename(place.owner, project, "Sail", 1));

    assertThat(place.rename(place.owner, project, "Mast", 1)).isEqualTo(new Change.Outdated<>());
  }

  @Test
  void whatIsArchivedIsNotGivenAndComesBack() {
    done(place.change(place.owner, project, null, State.ARCHIVED, 1));

    assertThat(place.give(place.owner, project, of(member), Relation.READER))
        .isEqualTo(new Change.Denied<>(Reason.ARCHIVED));
    done(place.change(place.owner, project, null, State.ACTIVE, 2));
    done(place.give(place.owner, project, of(member), Relation.READER));
  }

  @Test
  void aMemberListsWhatTheyMaySeeAndAnAdminEverything() {
    List<ProjectId> all = new ArrayList<>(List.of(project));
    for (int number = 1; number < 5; number++) {
      all.add(place.project("Project " + number));
    }
    done(place.give(place.owner, all.get(1), of(member), Relation.READER));
    done(
        place.give(
            place.owner,
            all.get(3),
            new Grantee.OfGroup(place.group("Crew", member)),
            Relation.WRITER));

    assertThat(listed(member, 10)).containsExactly(all.get(1), all.get(3));
    assertThat(listed(member, 1)).containsExactly(all.get(1), all.get(3));
    assertThat(listed(place.joined(Role.ADMIN), 2)).containsExactlyElementsOf(all);
    assertThat(listed(place.joined(Role.MEMBER), 2)).isEmpty();
  }

  private List<ProjectId> listed(Caller.Person by, int limit) {
    List<ProjectId> found = new ArrayList<>();
    @org.jspecify.annotations.Nullable String after = null;
    do {
      PageRequest asked = new PageRequest(limit, after);
      Page<ProjectView> page =
          ((Shown.Seen<Page<ProjectView>>)
                  place.here(() -> SERVER.bean(Projects.class).list(by, asked)))
              .thing();
      page.items().forEach(view -> found.add(new ProjectId(view.id())));
      after = page.last();
    } while (after != null);
    return found;
  }

  @Test
  void onlyManagersAuditorsAndThoseWhoRunTheTenantSeeWhoHasWhat() {
    done(place.give(place.owner, project, of(member), Relation.READER));

    assertThat(grants(member)).isEqualTo(new Shown.Hidden<>(Reason.NOT_ALLOWED));
    assertThat(grants(place.joined(Role.MEMBER))).isEqualTo(new Shown.Hidden<>(Reason.NOT_VISIBLE));
    assertThat(grants(place.joined(Role.AUDITOR)))
        .isInstanceOfSatisfying(
            Shown.Seen.class, seen -> assertThat(((Page<?>) seen.thing()).items()).hasSize(1));
  }

  private Shown<Page<GrantView>> grants(Caller.Person by) {
    return place.here(() -> SERVER.bean(Grants.class).list(by, project, new PageRequest(10, null)));
  }

  @Test
  void aPersonWhoIsNoMemberIsGrantedNothing() {
    Grantee stranger = new Grantee.OfPerson(new PersonId(UUID.randomUUID()));

    assertThat(place.give(place.owner, project, stranger, Relation.READER))
        .isEqualTo(new Change.NobodyThere<>());
  }
}
