package dev.cofferdam.server.audit.witness;

import java.io.IOException;

/**
 * The way out to a witness. Filled by whoever owns the one outbound door: this module opens none.
 */
@FunctionalInterface
public interface WitnessDoor {
  /**
   * Posts {@code body} to {@code url}.
   *
   * @throws IOException when there is no answer
   */
  Reply post(String url, String body) throws IOException;

  /**
   * What the witness answered.
   *
   * @param type the content type, or empty
   */
  record Reply(int status, String type, String body) {}
}
