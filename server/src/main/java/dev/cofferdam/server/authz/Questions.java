package dev.cofferdam.server.authz;

import com.cedarpolicy.value.EntityIdentifier;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.Value;
import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.surface.Access;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Every question that can be asked of the policies, numbered, so that answers are kept in an array
 * and the space of facts is bounded by construction.
 *
 * <p>What is done within a tenant is two questions, of which both must be permitted: whether the
 * caller stands well enough for an act of this kind, and whether their role or relation allows this
 * one. Neither sees the other's facts: the schema has them not.
 */
final class Questions {
  private static final int SUBJECTS = Subject.values().length;
  private static final int MEMBERSHIPS = Membership.values().length;
  private static final int RELATIONS = Relation.values().length;
  private static final int STATES = State.values().length;
  private static final int ENTRANCES = SUBJECTS * Access.values().length * 64;
  private static final int STANDINGS = Act.values().length * SUBJECTS * MEMBERSHIPS * 16;

  private static final Map<Action, Integer> FIRST = new EnumMap<>(Action.class);

  /** How many questions there are. */
  static final int COUNT;

  static {
    int next = ENTRANCES + STANDINGS;
    for (Action action : Action.values()) {
      FIRST.put(action, next);
      next += SUBJECTS * MEMBERSHIPS * size(action.matter());
    }
    COUNT = next;
  }

  private Questions() {}

  private static int size(Class<? extends Matter> matter) {
    if (matter == Matter.OnRole.class) {
      return MEMBERSHIPS * MEMBERSHIPS;
    }
    int thing = RELATIONS * 2 * STATES;
    return matter == Matter.OnTenant.class
        ? 1
        : matter == Matter.OnThing.class ? thing : thing * RELATIONS;
  }

  // The numbers come first and without an allocation: they are all that a known answer needs.

  static int index(Entrance facts) {
    int index = facts.subject().ordinal();
    index = index * Access.values().length + facts.access().ordinal();
    index = bit(index, facts.workspace());
    index = bit(index, facts.roleDeclared());
    index = bit(index, facts.emergency());
    index = bit(index, facts.open());
    index = bit(index, facts.assurance());
    return bit(index, facts.scope());
  }

  static int index(Act act, Standing facts) {
    int index = act.ordinal();
    index = index * SUBJECTS + facts.subject().ordinal();
    index = index * MEMBERSHIPS + facts.membership().ordinal();
    index = bit(index, facts.sameTenant());
    index = bit(index, facts.open());
    index = bit(index, facts.assurance());
    return ENTRANCES + bit(index, facts.scope());
  }

  static int index(Action action, Subject subject, Membership membership, Matter matter) {
    int index = subject.ordinal() * MEMBERSHIPS + membership.ordinal();
    int about =
        switch (matter) {
          case Matter.OnTenant tenant -> 0;
          case Matter.OnRole role -> role.given().ordinal() * MEMBERSHIPS + role.held().ordinal();
          case Matter.OnThing thing -> thing(thing.reach(), thing.state());
          case Matter.OnRelation relation ->
              thing(relation.reach(), relation.state()) * RELATIONS + relation.given().ordinal();
        };
    Integer first = FIRST.get(action);
    if (first == null) {
      throw new IllegalStateException("an action has no number");
    }
    return first + index * size(action.matter()) + about;
  }

  private static int thing(Reach reach, State state) {
    return bit(reach.relation().ordinal(), reach.throughGroup()) * STATES + state.ordinal();
  }

  private static int bit(int index, boolean bit) {
    return index * 2 + (bit ? 1 : 0);
  }

  static Question of(Entrance facts) {
    return new Question(
        index(facts),
        facts.subject().type(),
        "enter",
        "Route",
        Map.of(
            "access", named("Access", facts.access().name()),
            "workspace", new PrimBool(facts.workspace()),
            "role_declared", new PrimBool(facts.roleDeclared()),
            "emergency", new PrimBool(facts.emergency()),
            "open", new PrimBool(facts.open()),
            "assurance", new PrimBool(facts.assurance()),
            "scope", new PrimBool(facts.scope())));
  }

  static Question of(Act act, Standing facts) {
    return new Question(
        index(act, facts),
        facts.subject().type(),
        act.label(),
        "Tenant",
        Map.of(
            "membership", named("Membership", facts.membership().name()),
            "same_tenant", new PrimBool(facts.sameTenant()),
            "open", new PrimBool(facts.open()),
            "assurance", new PrimBool(facts.assurance()),
            "scope", new PrimBool(facts.scope())));
  }

  static Question of(Action action, Subject subject, Membership membership, Matter matter) {
    Map<String, Value> context = new HashMap<>();
    context.put("membership", named("Membership", membership.name()));
    boolean thing =
        switch (matter) {
          case Matter.OnTenant tenant -> false;
          case Matter.OnRole role -> {
            context.put("given", named("Membership", role.given().name()));
            context.put("held", named("Membership", role.held().name()));
            yield false;
          }
          case Matter.OnThing about -> put(context, about.reach(), about.state());
          case Matter.OnRelation about -> {
            context.put("given", new PrimLong(about.given().ordinal()));
            yield put(context, about.reach(), about.state());
          }
        };
    return new Question(
        index(action, subject, membership, matter),
        subject.type(),
        action.label(),
        thing ? "Thing" : "Tenant",
        context);
  }

  private static boolean put(Map<String, Value> context, Reach reach, State state) {
    context.put("relation", new PrimLong(reach.relation().ordinal()));
    context.put("through_group", new PrimBool(reach.throughGroup()));
    context.put("state", named("State", state.name()));
    return true;
  }

  private static EntityUID named(String type, String name) {
    return new EntityUID(
        EntityTypeName.parse(type).orElseThrow(),
        new EntityIdentifier(name.toLowerCase(Locale.ROOT)));
  }
}
