package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.egress.Outgoing;
import java.time.Instant;
import java.util.Map;

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
