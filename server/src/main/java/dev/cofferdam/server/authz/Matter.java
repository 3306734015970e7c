package dev.cofferdam.server.authz;

import java.util.Locale;

/** What an action is about: the facts beside the caller's {@link Standing}. */
public sealed interface Matter {
  /** The tenant as a whole. */
  record OnTenant() implements Matter {}

  /**
   * A person's role in the tenant.
   *
   * @param given that they are to have or to lose
   * @param held that they have now
   */
  record OnRole(Membership given, Membership held) implements Matter {
    public OnRole {
      if (given == Membership.NONE) {
        throw new IllegalArgumentException("a role is given or taken");
      }
    }
  }

  /** A project, or a thing in one. */
  record OnThing(Reach reach, State state) implements Matter {}

  /**
   * Somebody's relation to a project, or to a thing in one.
   *
   * @param reach the caller's own
   * @param given that is to be given or taken
   */
  record OnRelation(Reach reach, State state, Relation given) implements Matter {
    public OnRelation {
      if (given == Relation.NONE) {
        throw new IllegalArgumentException("a relation is given or taken");
      }
    }
  }

  /**
   * The caller's strongest relation to the thing or its project.
   *
   * @param throughGroup whether it is held through a group alone
   */
  record Reach(Relation relation, boolean throughGroup) {
    static final Reach NONE = new Reach(Relation.NONE, false);

    public Reach {
      if (relation == Relation.NONE && throughGroup) {
        throw new IllegalArgumentException("no relation comes through nothing");
      }
    }
  }

  /** The state of a thing, or of its project if that is archived. */
  enum State {
    ACTIVE,
    ARCHIVED;

    /** As the API, the database and policies write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
