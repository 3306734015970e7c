package dev.cofferdam.server.authz;

import dev.cofferdam.server.authz.Matter.Reach;
import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.surface.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every combination of facts that there is. */
final class FactSpace {
  private static final boolean[] EITHER = {false, true};

  private FactSpace() {}

  static List<Entrance> entrances() {
    List<Entrance> all = new ArrayList<>();
    for (Subject subject : Subject.values()) {
      for (Access access : Access.values()) {
        for (int bits = 0; bits < 64; bits++) {
          all.add(
              new Entrance(
                  subject,
                  access,
                  (bits & 1) != 0,
                  (bits & 2) != 0,
                  (bits & 4) != 0,
                  (bits & 8) != 0,
                  (bits & 16) != 0,
                  (bits & 32) != 0));
        }
      }
    }
    return all;
  }

  static List<Facts> facts() {
    List<Facts> all = new ArrayList<>();
    List<Standing> standings = standings();
    for (Action action : Action.values()) {
      for (Matter matter : matters(action)) {
        for (Standing standing : standings) {
          all.add(new Facts(action, standing, matter));
        }
      }
    }
    return all;
  }

  private static List<Standing> standings() {
    List<Standing> all = new ArrayList<>();
    for (Subject subject : Subject.values()) {
      for (Membership membership : Membership.values()) {
        for (int bits = 0; bits < 16; bits++) {
          all.add(
              new Standing(
                  subject,
                  membership,
                  (bits & 1) != 0,
                  (bits & 2) != 0,
                  (bits & 4) != 0,
                  (bits & 8) != 0));
        }
      }
    }
    return all;
  }

  private static List<Matter> matters(Action action) {
    List<Matter> all = new ArrayList<>();
    if (action.matter() == Matter.OnTenant.class) {
      all.add(new Matter.OnTenant());
    } else if (action.matter() == Matter.OnRole.class) {
      for (Membership given : but(Membership.values(), Membership.NONE)) {
        for (Membership held : Membership.values()) {
          all.add(new Matter.OnRole(given, held));
        }
      }
    } else {
      for (Relation relation : Relation.values()) {
        for (boolean throughGroup : EITHER) {
          if (relation == Relation.NONE && throughGroup) {
            continue;
          }
          Reach reach = new Reach(relation, throughGroup);
          for (State state : State.values()) {
            if (action.matter() == Matter.OnThing.class) {
              all.add(new Matter.OnThing(reach, state));
            } else {
              for (Relation given : but(Relation.values(), Relation.NONE)) {
                all.add(new Matter.OnRelation(reach, state, given));
              }
            }
          }
        }
      }
    }
    return all;
  }

  private static <T> List<T> but(T[] values, T none) {
    return List.of(values).stream().filter(Predicate.not(none::equals)).toList();
  }
}
