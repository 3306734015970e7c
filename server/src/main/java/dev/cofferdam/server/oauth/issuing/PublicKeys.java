package dev.cofferdam.server.oauth.issuing;

import java.util.Map;

/** The keys by which anybody verifies access tokens (RFC 7517). */
public final class PublicKeys {
  private final SigningKeys keys;

  PublicKeys(SigningKeys keys) {
    this.keys = keys;
  }

  /** As they are published: public halves alone. */
  public Map<String, Object> keySet() {
    return keys.published().toJSONObject(true);
  }
}
