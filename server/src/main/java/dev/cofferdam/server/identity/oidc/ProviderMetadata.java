package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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
    if (found.isEmpty()
        || !StrictJson.text(found.get(), "issuer").equals(Optional.of(issuer.value()))) {
      return Optional.empty();
    }
    ObjectNode document = found.get();
    Optional<URI> authorization = endpoint(document, "authorization_endpoint", issuer);
    Optional<URI> token = endpoint(document, "token_endpoint", issuer);
    Optional<URI> keys = endpoint(document, "jwks_uri", issuer);
    Set<JWSAlgorithm> algorithms =
        texts(document.path("id_token_signing_alg_values_supported")).stream()
            .map(JWSAlgorithm::parse)
            .filter(Algorithms.ALLOWED::contains)
            .collect(Collectors.toUnmodifiableSet());
    if (authorization.isEmpty() || token.isEmpty() || keys.isEmpty() || algorithms.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ProviderMetadata(
            issuer.value(),
            authorization.get(),
            token.get(),
            keys.get().toString(),
            endpoint(document, "end_session_endpoint", issuer).orElse(null),
            algorithms,
            texts(document.path("token_endpoint_auth_methods_supported")),
            document.path("authorization_response_iss_parameter_supported").asBoolean(false)));
  }

  private static Optional<URI> endpoint(ObjectNode document, String name, Issuer issuer) {
    return StrictJson.text(document, name).flatMap(text -> uri(text)).filter(issuer::protects);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    for (JsonNode element : array) {
      texts.add(element.asString(""));
    }
    return texts;
  }
}
