package dev.cofferdam.server.nodes;

import dev.cofferdam.protocol.jose.PublicJwk;

/**
 * Both public keys of a node.
 *
 * @param authentication a point of P-256, x before y
 * @param receiving 32 bytes of X25519 in their one form, and no point of small order
 */
record NodeKeys(byte[] authentication, byte[] receiving) {
  /** The thumbprint of the one that it signs with. */
  String authenticationId() {
    return PublicJwk.ofP256(authentication).thumbprint();
  }

  /** The thumbprint of the one that is sealed to. */
  String receivingId() {
    return PublicJwk.ofX25519(receiving).thumbprint();
  }
}
