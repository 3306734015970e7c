package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.tenancy.TenantId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** What a client exchanges for its first tokens, once and within a minute. */
public final class AuthorizationCode {
  private static final String WORD = "cofferdam_code_";
  private static final int IDS = 1;

  private final Handle handle;

  private AuthorizationCode(Handle handle) {
    this.handle = handle;
  }

  static AuthorizationCode make(TenantId tenant, SecureRandom random, RingMac ring) {
    return new AuthorizationCode(Handle.make(WORD, List.of(tenant.value()), random, ring));
  }

  /** Reads one; empty when we have not made it. */
  static Optional<AuthorizationCode> of(String text, RingMac ring) {
    return Handle.of(WORD, IDS, text, ring).map(AuthorizationCode::new);
  }

  TenantId tenant() {
    return new TenantId(handle.ids().getFirst());
  }

  byte[] hash() {
    return handle.hash();
  }

  /** To be sent where the client takes it, and nowhere else. */
  public String text() {
    return handle.text();
  }

  @Override
  public String toString() {
    return "an authorization code";
  }
}
