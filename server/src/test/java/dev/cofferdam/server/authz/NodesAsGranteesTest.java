package dev.cofferdam.server.authz;

import static dev.cofferdam.server.authz.Workplace.call;
import static dev.cofferdam.server.authz.Workplace.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Tenants.WantedPlacement;
import dev.cofferdam.server.testing.RunningServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is granted to nodes, by themselves and in groups. */
class NodesAsGranteesTest {
  @RegisterExtension static final RunningServer SERVER = RunningServer.shared();

  private final Workplace place = new Workplace(SERVER, SERVER.newTenant());
  private final Caller.Node node = place.node("press");

  @ParameterizedTest
  @EnumSource
  void whatIsGrantedToANodeOrToItsGroupShowsAndCounts(WantedPlacement placement) {
    Workplace here = new Workplace(SERVER, SERVER.newTenant(placement));
    Caller.Node one = here.node("one");
    Caller.Node other = here.node("other");
    ProjectId keel = here.project("Keel");
    GroupId presses = here.group("Presses");
    done(here.add(presses, other.id()));

    assertThat(here.show(one, keel)).isEqualTo(new Shown.Hidden<>(Reason.NOT_VISIBLE));
    done(here.give(here.owner, keel, new Grantee.OfNode(one.id()), Relation.READER));
    done(here.give(here.owner, keel, new Grantee.OfGroup(presses), Relation.WRITER));

    assertThat(relation(here.show(one, keel))).isEqualTo("reader");
    assertThat(relation(here.show(other, keel))).isEqualTo("writer");
    assertThat(
            here.here(
                () -> SERVER.bean(Grants.class).list(here.owner, keel, new PageRequest(10, null))))
        .isInstanceOfSatisfying(
            Shown.Seen.class,
            seen ->
                assertThat(((Page<?>) seen.thing()).items())
                    .extracting(grant -> ((GrantView) grant).subjectKind())
                    .containsExactly("group", "node"));
    done(here.take(here.owner, keel, new Grantee.OfNode(one.id())));
    assertThat(here.show(one, keel)).isInstanceOf(Shown.Hidden.class);
  }

  private static String relation(Shown<Versioned<ProjectView>> shown) {
    return ((Shown.Seen<Versioned<ProjectView>>) shown).thing().body().relation();
  }

  @Test
  void aNodeAndAPersonOfOneIdAreTwo() {
    ProjectId project = place.project("Keel");
    GroupId group = place.group("Presses");
    done(place.add(group, node.id()));
    done(place.give(place.owner, project, new Grantee.OfNode(node.id()), Relation.READER));
    done(place.give(place.owner, project, new Grantee.OfGroup(group), Relation.READER));
    Caller.Person namesake =
        new Caller.Person(
            new PersonId(node.id().value()),
            place.owner.session(),
            place.joined(Role.MEMBER).workspace(),
            place.owner.signIn());

    assertThat(place.show(namesake, project)).isEqualTo(new Shown.Hidden<>(Reason.NOT_VISIBLE));
  }

  @Test
  void nothingIsGrantedToWhatIsNoNodeOfTheTenantOrIsOneNoMore() {
    ProjectId project = place.project("Keel");
    GroupId group = place.group("Presses");
    Caller.Node theirs = new Workplace(SERVER, SERVER.newTenant()).node("theirs");
    Caller.Node gone = place.node("gone");
    place.revoke(gone);

    for (NodeId none : List.of(theirs.id(), gone.id(), new NodeId(UUID.randomUUID()))) {
      assertThat(place.give(place.owner, project, new Grantee.OfNode(none), Relation.READER))
          .isEqualTo(new Change.NobodyThere<>());
      assertThat(place.add(group, none)).isEqualTo(new Change.NobodyThere<>());
    }
  }

  @Test
  void aGroupTellsItsNodesApartFromItsPeople() {
    GroupId group = place.group("Mixed", place.owner);
    done(place.add(group, node.id()));
    Groups groups = SERVER.bean(Groups.class);
    PageRequest all = new PageRequest(10, null);

    assertThat(place.here(() -> groups.members(place.owner, group, all)))
        .isInstanceOfSatisfying(
            Shown.Seen.class,
            seen ->
                assertThat(((Page<?>) seen.thing()).items())
                    .extracting(member -> ((GroupMemberView) member).personId())
                    .containsExactly(place.owner.id().value()));
    assertThat(place.here(() -> groups.nodes(place.owner, group, all)))
        .isInstanceOfSatisfying(
            Shown.Seen.class,
            seen ->
                assertThat(((Page<?>) seen.thing()).items())
                    .extracting(member -> ((GroupNodeView) member).nodeId())
                    .containsExactly(node.id().value()));

    assertThat(
            done(place.here(() -> groups.drop(call(place.owner), place.owner, group, node.id())))
                .nodeId())
        .isEqualTo(node.id().value());
    assertThat(place.here(() -> groups.drop(call(place.owner), place.owner, group, node.id())))
        .isEqualTo(new Change.Unknown<>());
  }

  @Test
  void nothingIsLeftOfWhatANodeWasGrantedWhenAllIsTaken() {
    ProjectId project = place.project("Keel");
    done(place.give(place.owner, project, new Grantee.OfNode(node.id()), Relation.READER));
    done(place.add(place.group("Presses"), node.id()));

    assertThat(place.here(() -> SERVER.bean(Grants.class).takeAllOf(node.id()))).isEqualTo(2);
    assertThat(place.here(() -> SERVER.bean(Grants.class).takeAllOf(node.id()))).isZero();
    assertThat(place.show(node, project)).isEqualTo(new Shown.Hidden<>(Reason.NOT_VISIBLE));
  }
}
