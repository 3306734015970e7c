package dev.cofferdam.server.identity.oidc;

import java.util.List;
import java.util.Optional;

/**
 * This server, as an identity provider knows it.
 *
 * @param scopes what is asked for beside {@code openid}
 * @param operators by what it names operators, if it may: the platform's alone
 */
public record Client(
    Issuer issuer,
    String id,
    ClientAuthentication authentication,
    List<String> scopes,
    Optional<OperatorClaim> operators) {
  public Client {
    scopes = List.copyOf(scopes);
  }

  /** A client that has nothing to prove: at the development IdP, which is on this machine. */
  public static Client ofDevelopment(String issuer, String id, OperatorClaim operators) {
    return new Client(
        new Issuer(issuer),
        id,
        new ClientAuthentication.None(),
        List.of("profile", "email"),
        Optional.of(operators));
  }
}
