package dev.cofferdam.server.identity.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the document of an issuer (OpenID Connect Discovery 1.0) says of the tokens that it signs,
 * after it was checked. Who signs for programs alone has nothing else in it.
 */
record IssuerDocument(URI keys, Set<JWSAlgorithm> algorithms) {

  /**
   * Reads it.
   *
   * @return empty when it is another issuer's, when the place of its keys is missing or not
   *     protected, and when it signs by no algorithm that is allowed
   */
  static Optional<IssuerDocument> of(ObjectNode document, Issuer issuer) {
    if (!StrictJson.text(document, "issuer").equals(Optional.of(issuer.value()))) {
      return Optional.empty();
    }
    Optional<URI> keys = endpoint(document, "jwks_uri", issuer);
    Set<JWSAlgorithm> algorithms =
        texts(document.path("id_token_signing_alg_values_supported")).stream()
            .map(JWSAlgorithm::parse)
            .filter(Algorithms.ALLOWED::contains)
            .collect(Collectors.toUnmodifiableSet());
    return algorithms.isEmpty()
        ? Optional.empty()
        : keys.map(at -> new IssuerDocument(at, algorithms));
  }

  /** An address in it that is as well protected as the issuer. */
  static Optional<URI> endpoint(ObjectNode document, String name, Issuer issuer) {
    return StrictJson.text(document, name).flatMap(IssuerDocument::uri).filter(issuer::protects);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static Set<String> texts(JsonNode array) {
    Set<String> texts = new TreeSet<>();
    for (JsonNode element : array) {
      texts.add(element.asString(""));
    }
    return texts;
  }
}
