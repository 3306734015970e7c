package dev.cofferdam.server.authz;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.NodeId;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.UUID;

/**
 * Whose relations count for a caller: those of the person behind it, or of the node that it is. A
 * service has none yet.
 *
 * @param kind as the rows of grants and group members have it
 */
public record Holder(String kind, UUID id) {
  static final String PERSON = "person";
  static final String NODE = "node";
  private static final Holder NOBODY = new Holder(PERSON, new UUID(0, 0));

  public static Holder of(Caller caller) {
    return switch (caller) {
      case Caller.Node node -> of(node.id());
      case Caller.Agent agent -> of(agent.id());
      case Caller.SignedIn known -> of(known.id());
      case Caller.Service service -> NOBODY;
      case Caller.Anonymous anonymous -> NOBODY;
    };
  }

  static Holder of(PersonId person) {
    return new Holder(PERSON, person.value());
  }

  static Holder of(NodeId node) {
    return new Holder(NODE, node.value());
  }
}
