package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.Optional;
import java.util.UUID;

/** Who is granted something. */
public sealed interface Grantee {
  /** As the API and the database write it. */
  String kind();

  UUID id();

  /** A member of the tenant. */
  record OfPerson(PersonId person) implements Grantee {
    @Override
    public String kind() {
      return "person";
    }

    @Override
    public UUID id() {
      return person.value();
    }
  }

  /** Everybody in a group. */
  record OfGroup(GroupId group) implements Grantee {
    @Override
    public String kind() {
      return "group";
    }

    @Override
    public UUID id() {
      return group.value();
    }
  }

  /** A node of the tenant. */
  record OfNode(NodeId node) implements Grantee {
    @Override
    public String kind() {
      return "node";
    }

    @Override
    public UUID id() {
      return node.value();
    }
  }

  /** The grantee of this kind, if there is such a kind. */
  static Optional<Grantee> of(String kind, UUID id) {
    return switch (kind) {
      case "person" -> Optional.of(new OfPerson(new PersonId(id)));
      case "group" -> Optional.of(new OfGroup(new GroupId(id)));
      case "node" -> Optional.of(new OfNode(new NodeId(id)));
      default -> Optional.empty();
    };
  }
}
