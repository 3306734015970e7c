package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.identity.oidc.SignInFault;
import java.util.Optional;

/**
 * What came of trying a provider, in words of ours alone.
 *
 * @param fault why what came back was refused, and only then
 */
public record TrialResult(TrialOutcome outcome, Optional<SignInFault> fault) {
  public TrialResult {
    if ((outcome == TrialOutcome.REFUSED) != fault.isPresent()) {
      throw new IllegalArgumentException("what was refused has a fault, and nothing else");
    }
  }

  static TrialResult of(TrialOutcome outcome) {
    return new TrialResult(outcome, Optional.empty());
  }

  static TrialResult refused(SignInFault fault) {
    return new TrialResult(TrialOutcome.REFUSED, Optional.of(fault));
  }

  /** Whether somebody came through, so that the provider can be activated. */
  public boolean isThrough() {
    return outcome.isThrough();
  }

  /** What happened and what to do about it, for whoever looks after the provider. */
  public String sentence() {
    return fault.map(SignInFault::sentence).orElseGet(outcome::sentence);
  }

  /** As records name it. */
  String label() {
    return fault.map(SignInFault::label).orElseGet(() -> Stored.name(outcome));
  }
}
