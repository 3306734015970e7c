package dev.cofferdam.server.operations;

import java.util.List;

/** Whether what runs is what somebody has signed off. */
public sealed interface Standing {
  /** No sign-off is named. */
  record Unsigned() implements Standing {}

  /** What runs is what was signed off, as far as that goes. */
  record Current(SignedOff signedOff) implements Standing {}

  /**
   * Something is other than it was, or over.
   *
   * @param drifted what, by the names of {@link Drift}
   */
  record Stale(SignedOff signedOff, List<String> drifted) implements Standing {
    public Stale {
      drifted = List.copyOf(drifted);
    }
  }

  /** What is named is no sign-off of the reviewer's. */
  record Refused(String why) implements Standing {}

  /** In a word. */
  default String word() {
    return switch (this) {
      case Unsigned _ -> "unsigned";
      case Current _ -> "current";
      case Stale _ -> "stale";
      case Refused _ -> "refused";
    };
  }

  /** What drifted; what is refused has a signature that does not hold. */
  default List<String> drifted() {
    return switch (this) {
      case Unsigned _, Current _ -> List.of();
      case Stale stale -> stale.drifted();
      case Refused _ -> List.of(Drift.SIGNATURE);
    };
  }

  /** For people, in a sentence. */
  default String told() {
    return switch (this) {
      case Unsigned _ -> "No sign-off is named: nobody has said what this server should be.";
      case Current(var signedOff) ->
          signedOff.isOfLaboratory()
              ? "Code, policies and register are as they were signed off. The sign-off is of a laboratory, and says nothing of these settings."
              : "Code, policies, register and settings are as they were signed off.";
      case Stale(_, var drifted) ->
          "The sign-off is stale, by its " + String.join(", ", drifted) + ".";
      case Refused(var why) -> "The sign-off does not count: " + why + ".";
    };
  }
}
