package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.tenancy.TenantId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a client renews its tokens with: good once, for the next. It names its grant, so that one
 * which we made and which is not the newest is known for a copy.
 */
final class GrantHandle {
  private static final String WORD = "cofferdam_rft_";
  private static final int IDS = 2;

  private final Handle handle;

  private GrantHandle(Handle handle) {
    this.handle = handle;
  }

  static GrantHandle make(TenantId tenant, UUID grant, SecureRandom random, RingMac ring) {
    return new GrantHandle(Handle.make(WORD, List.of(tenant.value(), grant), random, ring));
  }

  /** Reads one; empty when we have not made it. */
  static Optional<GrantHandle> of(String text, RingMac ring) {
    return Handle.of(WORD, IDS, text, ring).map(GrantHandle::new);
  }

  TenantId tenant() {
    return new TenantId(handle.ids().getFirst());
  }

  UUID grant() {
    return handle.ids().getLast();
  }

  byte[] hash() {
    return handle.hash();
  }

  String text() {
    return handle.text();
  }

  @Override
  public String toString() {
    return "a refresh token";
  }
}
