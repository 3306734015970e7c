package dev.cofferdam.server.postgres;

import java.time.Instant;

/** Whether the embedded PostgreSQL can be asked anything just now. */
public sealed interface State {

  /** It accepts connections. */
  record Running() implements State {}

  /**
   * It does not accept connections, and is being brought back.
   *
   * @param reason for the operator, such as "The postmaster was ended by signal 9."
   */
  record Restarting(Instant since, String reason) implements State {}

  /** It was closed by its owner. */
  record Stopped() implements State {}

  /**
   * It does not accept connections and no further attempt is made.
   *
   * @param reason what is wrong and what to do, in one or two sentences
   */
  record Failed(String reason) implements State {}
}
