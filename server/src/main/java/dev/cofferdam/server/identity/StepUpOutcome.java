package dev.cofferdam.server.identity;

/** What became of the wish to sign in to a session again. */
public sealed interface StepUpOutcome {
  /**
   * It counts, in the workspace that the session works in.
   *
   * @param handle the session's new handle, for {@link SessionCookie#of}: the old one is worth
   *     nothing
   */
  record Renewed(SessionHandle handle) implements StepUpOutcome {}

  /** Another person than the session's signed in. */
  record AnotherPerson() implements StepUpOutcome {}

  /** Nobody names the operator one any more. */
  record NoOperator() implements StepUpOutcome {}

  /** It began in another session than it came back to. */
  record AnotherSession() implements StepUpOutcome {}

  /** The session works elsewhere by now. */
  record WorkspaceChanged() implements StepUpOutcome {}

  /** The session ended meanwhile, or another request gave it another handle. */
  record Ended() implements StepUpOutcome {}
}
