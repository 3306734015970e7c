package dev.cofferdam.server.oauth.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.issuing.ShownToken;
import org.jspecify.annotations.Nullable;

/**
 * What a token is (RFC 7662, section 2.2). Of one that is not good nothing else is said.
 *
 * @param scope what it allows now, which may be less than when it was made
 * @param cnf the key without a proof of which it is worth nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IntrospectionBody(
    boolean active,
    @Nullable String iss,
    @Nullable String aud,
    @Nullable String sub,
    @Nullable String clientId,
    @Nullable String tenantId,
    @Nullable String jti,
    @Nullable String tokenType,
    @Nullable String scope,
    @Nullable Long iat,
    @Nullable Long exp,
    @Nullable Confirmation cnf) {

  /** By its thumbprint (RFC 9449, section 6.2). */
  record Confirmation(String jkt) {
    static Confirmation of(KeyThumbprint key) {
      return new Confirmation(key.value());
    }
  }

  static IntrospectionBody inactive() {
    return new IntrospectionBody(
        false, null, null, null, null, null, null, null, null, null, null, null);
  }

  static IntrospectionBody of(ShownToken token) {
    return new IntrospectionBody(
        true,
        token.issuer().origin(),
        token.issuer().resource(),
        token.subject(),
        token.client().value(),
        token.holder().tenant().toString(),
        token.id(),
        Words.type(token.boundTo()),
        Words.scope(token.standing().scopes()),
        token.issuedAt().getEpochSecond(),
        token.expiresAt().getEpochSecond(),
        token.boundTo().map(Confirmation::of).orElse(null));
  }
}
