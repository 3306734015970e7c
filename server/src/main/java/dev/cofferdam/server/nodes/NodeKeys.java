package dev.cofferdam.server.nodes;

import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.jose.PublicJwk;

/**
 * Both public keys of a node.
 *
 * @param authentication a point of P-256, x before y
 * @param receiving what {@link dev.cofferdam.protocol.crypto.ReceivingKey} takes; its kind follows
 *     from its length
 */
record NodeKeys(byte[] authentication, byte[] receiving) {
  /** The thumbprint of the one that it signs with. */
  String authenticationId() {
    return PublicJwk.ofP256(authentication).thumbprint();
  }

  /** The thumbprint of the one that is sealed to. */
  String receivingId() {
    return PublicJwk.ofReceiving(receiving).thumbprint();
  }

  /** What kind of key that one is. */
  String receivingAlgorithm() {
    return Kem.ofPublicLength(receiving.length).orElseThrow().label();
  }
}
