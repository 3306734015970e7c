package dev.cofferdam.server.authz;

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

  /** The grantee of this kind, if there is such a kind. */
  static Optional<Grantee> of(String kind, UUID id) {
    return switch (kind) {
      case "person" -> Optional.of(new OfPerson(new PersonId(id)));
      case "group" -> Optional.of(new OfGroup(new GroupId(id)));
      default -> Optional.empty();
    };
  }
}
