package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an identity provider says of itself (OpenID Connect Discovery 1.0), after it was checked.
 *
 * @param endSession where a browser signs out there too, if it has such a place
 * @param clientAuthentications how a client may prove itself at the token endpoint
 * @param namesItself whether its answers carry the parameter {@code iss} (RFC 9207)
 */
record ProviderMetadata(
    String issuer,
    URI authorization,
    URI tokenEndpoint,
    String keysUrl,
    @Nullable URI endSession,
    Set<JWSAlgorithm> algorithms,
    Set<String> clientAuthentications,
    boolean namesItself) {

  /**
   * Reads the document of {@code issuer}.
   *
   * @return empty when it is another's, when an endpoint is missing or not protected, and when it
   *     signs by no algorithm that is allowed
   */
  static Optional<ProviderMetadata> read(byte[] body, Issuer issuer) {
    Optional<ObjectNode> found = StrictJson.object(body);
    Optional<IssuerDocument> read = found.flatMap(document -> IssuerDocument.of(document, issuer));
    if (found.isEmpty() || read.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode document = found.get();
    Optional<URI> authorization =
        IssuerDocument.endpoint(document, "authorization_endpoint", issuer);
    Optional<URI> token = IssuerDocument.endpoint(document, "token_endpoint", issuer);
    if (authorization.isEmpty() || token.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProviderMetadata(
            issuer.value(),
            authorization.get(),
            token.get(),
            read.get().keys().toString(),
            IssuerDocument.endpoint(document, "end_session_endpoint", issuer).orElse(null),
            read.get().algorithms(),
            IssuerDocument.texts(document.path("token_endpoint_auth_methods_supported")),
            document.path("authorization_response_iss_parameter_supported").asBoolean(false)));
  }
}
