package dev.cofferdam.server.operations;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Compares what runs with what was signed off, part by part. */
final class Drift {
  static final String CODE = "code";
  static final String CONFIGURATION = "configuration";
  static final String POLICIES = "policies";
  static final String REGISTER = "register";
  static final String ACCEPTANCES = "acceptances";
  static final String VERDICT = "verdict";
  static final String SIGNATURE = "signature";

  /** Everything that can drift. */
  static final List<String> ALL =
      List.of(CODE, CONFIGURATION, POLICIES, REGISTER, ACCEPTANCES, VERDICT, SIGNATURE);

  private Drift() {}

  /** What is other than it was signed off, or over, by name. */
  static List<String> of(SignedOff signed, Running running, LocalDate today) {
    List<String> drifted = new ArrayList<>();
    if (!isSameCode(signed, running)) {
      drifted.add(CODE);
    }
    if (!isSameConfiguration(signed, running)) {
      drifted.add(CONFIGURATION);
    }
    if (!areSamePolicies(signed, running)) {
      drifted.add(POLICIES);
    }
    if (!isSameRegister(signed, running)) {
      drifted.add(REGISTER);
    }
    if (signed.until().isPresent() && !today.isBefore(signed.until().get())) {
      drifted.add(ACCEPTANCES);
    }
    // It was true when it was signed, and says that something is wrong.
    if (signed.verdict().equals("findings")) {
      drifted.add(VERDICT);
    }
    return drifted;
  }

  private static boolean isSameCode(SignedOff signed, Running running) {
    return running.code().digest().equals(signed.code());
  }

  /** A laboratory has settings of its own: what was signed off says nothing of these. */
  private static boolean isSameConfiguration(SignedOff signed, Running running) {
    return signed.isOfLaboratory()
        || running.configuration().digest().equals(signed.configuration());
  }

  private static boolean areSamePolicies(SignedOff signed, Running running) {
    return running.policies().digest().equals(signed.policies());
  }

  /** Of threats that only one of the two knew, the sign-off says nothing that holds here. */
  private static boolean isSameRegister(SignedOff signed, Running running) {
    return running.register().digest().equals(signed.register());
  }
}
