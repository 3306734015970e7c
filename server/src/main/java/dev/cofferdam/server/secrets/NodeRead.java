package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.secret.SecretAddress;
import dev.cofferdam.server.authz.Reason;

/**
 * What a node is given that asks for a secret. Nothing of it may leave before there is a record.
 */
public sealed interface NodeRead {
  /**
   * This, which only the node opens.
   *
   * @param answer the sealed form
   */
  record Given(SecretId secret, SecretAddress address, byte[] answer) implements NodeRead {}

  /** Nothing; also when there is no such secret. */
  record Denied(Reason reason) implements NodeRead {}

  /** The node may read the secret, which has no such version, or none yet. */
  record NoSuchVersion() implements NodeRead {}

  /** The key under which that version lay was destroyed, or the version where it lay. */
  record Gone() implements NodeRead {}

  /** It lies in a store that cannot be asked now. */
  record Unavailable() implements NodeRead {}
}
