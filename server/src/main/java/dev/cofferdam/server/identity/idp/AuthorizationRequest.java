package dev.cofferdam.server.identity.idp;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a browser was sent here with. Its client and redirect are good: else there is none.
 *
 * @param acrValues of which one is asked for, the most wanted first
 */
record AuthorizationRequest(
    URI redirect, String state, String nonce, String challenge, List<String> acrValues) {
  static final String CLIENT = "cofferdam";

  /** What came of reading the parameters. */
  sealed interface Read {
    record Good(AuthorizationRequest request) implements Read {}

    /** The browser is sent back with an error of RFC 6749, section 4.1.2.1. */
    record Bad(URI redirect, String state, String error) implements Read {}

    /** Nobody to send the browser back to. */
    record Foreign() implements Read {}
  }

  static Read of(Map<String, List<String>> parameters, Callback callback) {
    if (parameters.values().stream().anyMatch(values -> values.size() != 1)) {
      return new Read.Foreign();
    }
    Map<String, String> fields = new TreeMap<>();
    parameters.forEach((name, values) -> fields.put(name, values.getFirst()));
    Optional<URI> redirect = callback.of(fields.getOrDefault("redirect_uri", ""));
    if (redirect.isEmpty() || !CLIENT.equals(fields.get("client_id"))) {
      return new Read.Foreign();
    }
    String state = fields.getOrDefault("state", "");
    Optional<String> error = error(fields);
    if (error.isPresent()) {
      return new Read.Bad(redirect.get(), state, error.get());
    }
    return new Read.Good(
        new AuthorizationRequest(
            redirect.get(),
            state,
            fields.getOrDefault("nonce", ""),
            fields.getOrDefault("code_challenge", ""),
            List.of(fields.getOrDefault("acr_values", "").split(" "))));
  }

  private static Optional<String> error(Map<String, String> fields) {
    if (!"code".equals(fields.get("response_type"))) {
      return Optional.of("unsupported_response_type");
    }
    if (!List.of(fields.getOrDefault("scope", "").split(" ")).contains("openid")) {
      return Optional.of("invalid_scope");
    }
    boolean pkce =
        "S256".equals(fields.get("code_challenge_method"))
            && fields.getOrDefault("code_challenge", "").matches("[A-Za-z0-9_-]{43}");
    if (!pkce || fields.getOrDefault("state", "").isEmpty()) {
      return Optional.of("invalid_request");
    }
    // Nobody is ever signed in here already.
    return "none".equals(fields.get("prompt")) ? Optional.of("login_required") : Optional.empty();
  }
}
