package dev.cofferdam.server.secrets;

import dev.cofferdam.server.keyring.KeyDestroyed;
import dev.cofferdam.server.keyring.KeyInfo;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.Ring;
import dev.cofferdam.server.keyring.RingDestroyed;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

/**
 * With a key of the ring {@code data} goes what lay under it, and what was sealed of that for
 * nodes: those answers need the key no more. In the transaction that destroys it.
 */
final class Erasing implements ApplicationListener<PayloadApplicationEvent<?>> {
  private final VersionRows versions;

  Erasing(VersionRows versions) {
    this.versions = versions;
  }

  @Override
  public void onApplicationEvent(PayloadApplicationEvent<?> event) {
    switch (event.getPayload()) {
      case KeyDestroyed(Ring ring, KeyInfo key) when isOfData(ring) -> versions.erase(key.id());
      case RingDestroyed destroyed when isOfData(destroyed.ring()) ->
          destroyed.keys().forEach(key -> versions.erase(key.id()));
      default -> {}
    }
  }

  private static boolean isOfData(Ring ring) {
    return ring.purpose() == KeyPurpose.DATA;
  }
}
