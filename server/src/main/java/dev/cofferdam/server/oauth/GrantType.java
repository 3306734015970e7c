package dev.cofferdam.server.oauth;

/**
 * Port: one way to a token. The token endpoint finds it by name among the beans. Safe for use by
 * many threads.
 */
public interface GrantType {
  /** Of RFC 8628, section 3.4. */
  String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

  /** As {@code grant_type} names it. */
  String name();

  /**
   * Exchanges what the request has for a token. The client has shown who it is and may use this
   * grant type, the resource is this API, and a proof of possession, if there is one, is good; all
   * else is checked here. Called with no scope bound. What it does is one transaction, with its
   * record.
   *
   * @throws dev.cofferdam.server.surface.RefusedException never, but out of {@link TokenRequest}:
   *     what is refused is a value
   */
  TokenAnswer redeem(TokenRequest request, AuthenticatedClient client);
}
