package dev.cofferdam.server.identity.oidc;

import java.util.List;

/**
 * This server, as an identity provider knows it.
 *
 * @param scopes what is asked for beside {@code openid}
 */
public record Client(
    Issuer issuer, String id, ClientAuthentication authentication, List<String> scopes) {
  public Client {
    scopes = List.copyOf(scopes);
  }

  /** A client that has nothing to prove: at the development IdP, which is on this machine. */
  public static Client ofDevelopment(String issuer, String id) {
    return new Client(
        new Issuer(issuer), id, new ClientAuthentication.None(), List.of("profile", "email"));
  }
}
