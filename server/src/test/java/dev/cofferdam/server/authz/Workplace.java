package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.RequestId;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.surface.SignIn;
import dev.cofferdam.server.surface.Versioned;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import dev.cofferdam.server.testing.RunningServer;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A tenant on a running server, its people, and what they do there. */
final class Workplace {
  private static final Once NO_KEY =
      new Once() {
        @Override
        public <T> Recorded<T> keep(Recorded<T> answer) {
          return answer;
        }
      };

  final Scope.OfTenant scope;
  final Caller.Person owner;
  private final RunningServer server;

  Workplace(RunningServer server, Scope.OfTenant scope) {
    this.server = server;
    this.scope = scope;
    this.owner = joined(Role.OWNER);
  }

  /** A new member. */
  Caller.Person joined(Role role) {
    PersonId person = new PersonId(UUID.randomUUID());
    server
        .superuser()
        .sql(
            """
            insert into identity.membership (tenant_id, person_id, role, joined_at, changed_at)
            values (:tenant, :person, :role, now(), now())
            """)
        .param("tenant", scope.tenant().value())
        .param("person", person.value())
        .param("role", role.name().toLowerCase(Locale.ROOT))
        .update();
    return new Caller.Person(
        person,
        new SessionId(UUID.randomUUID()),
        Optional.of(new Workspace(scope.tenant(), role)),
        new SignIn(AcrClass.SINGLE_FACTOR, Instant.now()));
  }

  /** A node, as if it had registered. */
  Caller.Node node(String name) {
    NodeId node = new NodeId(UUID.randomUUID());
    server
        .superuser()
        .sql(
            """
            insert into nodes.node (tenant_id, node_id, name, authentication_public, authentication_id,
                                    receiving_algorithm, receiving_public, receiving_id, keys_since, registered_at,
                                    record_id)
            values (:tenant, :node, :name, decode(repeat('01', 64), 'hex'), rpad(:text, 43, 'a'),
                    'x25519', decode(repeat('02', 32), 'hex'), rpad(:text, 43, 'b'), now(), now(), :node)
            """)
        .param("tenant", scope.tenant().value())
        .param("node", node.value())
        .param("name", name)
        .param("text", node.toString())
        .update();
    return new Caller.Node(node, scope.tenant());
  }

  /** The node is one no more. */
  void revoke(Caller.Node node) {
    server
        .superuser()
        .sql(
            "update nodes.node set revoked_at = now() where tenant_id = :tenant and node_id = :node")
        .param("tenant", node.in().value())
        .param("node", node.id().value())
        .update();
  }

  Change<GroupNodeView> add(GroupId group, NodeId node) {
    return here(() -> server.bean(Groups.class).add(call(owner), owner, group, node));
  }

  <T> T here(Supplier<T> work) {
    return Scopes.call(scope, work::get);
  }

  static Call call(Caller caller) {
    return new Call(new RequestId(UUID.randomUUID()), caller, InetAddress.getLoopbackAddress());
  }

  static <T> T done(Change<T> change) {
    if (change instanceof Change.Done<T>(Recorded<T> recorded)) {
      return recorded.body();
    }
    throw new AssertionError("it was not done, but " + change);
  }

  Change<Versioned<ProjectView>> createProject(Caller.Person by, String name) {
    return here(
        () -> server.bean(Projects.class).create(call(by), by, new GivenName(name), NO_KEY));
  }

  ProjectId project(String name) {
    return new ProjectId(done(createProject(owner, name)).body().id());
  }

  Change<Versioned<GroupView>> createGroup(Caller.Person by, String name) {
    return here(() -> server.bean(Groups.class).create(call(by), by, new GivenName(name), NO_KEY));
  }

  GroupId group(String name, Caller.Person... members) {
    GroupId group = new GroupId(done(createGroup(owner, name)).body().id());
    for (Caller.Person member : members) {
      done(here(() -> server.bean(Groups.class).add(call(owner), owner, group, member.id())));
    }
    return group;
  }

  Change<GrantView> give(Caller.Person by, ProjectId project, Grantee grantee, Relation relation) {
    return here(() -> server.bean(Grants.class).give(call(by), by, project, grantee, relation));
  }

  Change<GrantView> take(Caller.Person by, ProjectId project, Grantee grantee) {
    return here(() -> server.bean(Grants.class).take(call(by), by, project, grantee));
  }

  Change<Versioned<ProjectView>> rename(
      Caller.Person by, ProjectId project, String name, long version) {
    return change(by, project, new GivenName(name), null, version);
  }

  Change<Versioned<ProjectView>> change(
      Caller.Person by,
      ProjectId project,
      @org.jspecify.annotations.Nullable GivenName name,
      Matter.@org.jspecify.annotations.Nullable State state,
      long version) {
    return here(
        () ->
            server
                .bean(Projects.class)
                .change(call(by), by, project, name, state, ifMatch(version)));
  }

  static IfMatch ifMatch(long version) {
    return new IfMatch(List.of(ETag.ofVersion(version)));
  }

  Shown<Versioned<ProjectView>> show(Caller by, ProjectId project) {
    return here(() -> server.bean(Projects.class).show(by, project));
  }

  static Grantee of(Caller.Person person) {
    return new Grantee.OfPerson(person.id());
  }
}
