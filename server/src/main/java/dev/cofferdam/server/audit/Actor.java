package dev.cofferdam.server.audit;

import dev.cofferdam.protocol.record.Party;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.UUID;

/** Who did something. Ids alone: what else is known of a person is {@link PersonalData}. */
public sealed interface Actor {
  /** As a record has it. */
  Party party();

  /** A person, acting in a browser or with a token of their own. */
  record OfPerson(PersonId person) implements Actor {
    @Override
    public Party party() {
      return new Party("person", person.toString());
    }
  }

  /** A person, acting as operator of the platform. */
  record OfOperator(PersonId person) implements Actor {
    @Override
    public Party party() {
      return new Party("operator", person.toString());
    }
  }

  /** A workload with keys of its own. */
  record OfNode(UUID node) implements Actor {
    @Override
    public Party party() {
      return new Party("node", node.toString());
    }
  }

  /**
   * A client that acts for a person.
   *
   * @param client its identifier, 1 to 150 characters
   */
  record OfAgent(PersonId person, String client) implements Actor {
    @Override
    public Party party() {
      return new Party("agent", person + "/" + client);
    }
  }

  /** A program that acts for the tenant, with whichever of its tokens. */
  record OfService(ServiceId service) implements Actor {
    @Override
    public Party party() {
      return new Party("service", service.toString());
    }
  }

  /**
   * A part of the platform, acting by itself.
   *
   * @param part for example {@code keyring}
   */
  record OfPlatform(String part) implements Actor {
    @Override
    public Party party() {
      return new Party("platform", part);
    }
  }

  /** Somebody who is not known, by the network they came from. */
  record OfNetwork(RefusalSource source) implements Actor {
    @Override
    public Party party() {
      return new Party("network", source.network());
    }
  }
}
