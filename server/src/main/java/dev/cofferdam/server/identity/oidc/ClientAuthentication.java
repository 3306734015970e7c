package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.jwk.ECKey;
import dev.cofferdam.server.egress.Outgoing;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** How this server proves at a token endpoint that it is the client that it says it is. */
public sealed interface ClientAuthentication
    permits ClientAuthentication.None, ClientKey, ClientSecret {

  /**
   * The request for a token, with the proof.
   *
   * @param fields of the form, which the caller gives up
   */
  Outgoing request(
      ProviderMetadata provider,
      String clientId,
      Map<String, String> fields,
      int mostBytes,
      Instant now);

  /** By a secret that is kept sealed, and opened for each request. */
  static ClientAuthentication bySecret(Supplier<String> sealed) {
    return new ClientSecret(sealed);
  }

  /** By a P-256 key that is kept sealed, and opened for each request. */
  static ClientAuthentication byKey(Supplier<ECKey> sealed) {
    return new ClientKey(sealed);
  }

  /** Not at all: PKCE alone ties the code to who asked for it. */
  record None() implements ClientAuthentication {
    @Override
    public Outgoing request(
        ProviderMetadata provider,
        String clientId,
        Map<String, String> fields,
        int mostBytes,
        Instant now) {
      fields.put("client_id", clientId);
      return Outgoing.form(provider.tokenEndpoint().toString(), fields, mostBytes);
    }
  }
}
