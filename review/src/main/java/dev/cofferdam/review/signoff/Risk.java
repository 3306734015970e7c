package dev.cofferdam.review.signoff;

import dev.cofferdam.review.attack.Identity;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The method by which risk is told, the same for every run (docs/adr/0084-risk-and-acceptances.md):
 * how little an attacker needs, times how much it costs whom; less where the control was seen to
 * hold, and for each layer that was seen to hold by itself.
 */
final class Risk {
  /** Likely: whoever can send a request, or sign up. */
  private static final int ANYBODY = 3;

  /** Possible: whoever has another hole already, such as an injection or a stolen password. */
  private static final int WITH_A_HOLE = 2;

  /** Unlikely: whoever has been given the host, the database or the platform to look after. */
  private static final int INSIDER = 1;

  private static final Set<Identity> HOLES =
      EnumSet.of(Identity.APPLICATION_PASSWORD, Identity.INJECTION, Identity.OWN_CAPABILITY);

  /** What is lost where a family's controls fail: 3 another tenant's data, keys or evidence. */
  private static final Map<String, Integer> IMPACTS =
      Map.ofEntries(
          Map.entry("ISO", 3),
          Map.entry("IDN", 3),
          Map.entry("STP", 3),
          Map.entry("KEY", 3),
          Map.entry("SEC", 3),
          Map.entry("AUD", 3),
          Map.entry("ADM", 3),
          Map.entry("INV", 2),
          Map.entry("NOD", 2),
          Map.entry("EVT", 2),
          Map.entry("TSK", 2),
          Map.entry("EDG", 2),
          Map.entry("EGR", 2),
          Map.entry("BIL", 2),
          Map.entry("INS", 2),
          Map.entry("OPS", 2),
          Map.entry("SUP", 2),
          Map.entry("INF", 1),
          Map.entry("LIM", 1));

  /** A family that nobody has rated is taken for one of the worst. */
  private static final int UNKNOWN_IMPACT = 3;

  private Risk() {}

  static int impact(String threat) {
    return IMPACTS.getOrDefault(threat.substring(0, 3), UNKNOWN_IMPACT);
  }

  /** Of the attacker who needs least; nobody is 0. */
  static int likelihood(Collection<Identity> attackers) {
    OptionalInt most = attackers.stream().mapToInt(Risk::likelihood).max();
    return most.orElse(0);
  }

  private static int likelihood(Identity attacker) {
    if (attacker == Identity.PLATFORM_OPERATOR) {
      return INSIDER;
    }
    if (attacker.isOverHttp() || attacker == Identity.SIGN_UP) {
      return ANYBODY;
    }
    return HOLES.contains(attacker) ? WITH_A_HOLE : INSIDER;
  }

  static Level inherent(int likelihood, int impact) {
    return switch (likelihood * impact) {
      case 0 -> Level.UNRATED;
      case 1, 2 -> Level.LOW;
      case 3, 4 -> Level.MEDIUM;
      case 6 -> Level.HIGH;
      default -> Level.CRITICAL;
    };
  }

  /**
   * What is left.
   *
   * @param layers that were seen to hold by themselves, in the attack that met fewest
   */
  static Level residual(Level inherent, Shown shown, int layers) {
    return switch (shown) {
      case HELD -> inherent.lowered(1 + Math.max(1, layers));
      case HELD_IN_PART, REFUSED, FINDING, ACCEPTED -> inherent;
      case NOT_RUN, DEFERRED -> Level.UNRATED;
      case NOT_APPLICABLE -> Level.NONE;
    };
  }

  /**
   * What an open finding of this kind weighs; what is not known weighs as much as if it were so.
   */
  static Level severity(Finding.Kind kind, Level inherent) {
    return switch (kind) {
      case SUCCEEDS, SURVIVES, INCONCLUSIVE, EXPIRED -> inherent;
      case LAYER_FAILS -> inherent.lowered(1);
      case UNPROBED, UNTOUCHED -> Level.HIGH;
      case IDLE -> Level.LOW;
    };
  }
}
