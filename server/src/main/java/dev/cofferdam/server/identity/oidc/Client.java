package dev.cofferdam.server.identity.oidc;

import java.util.List;
import java.util.Optional;

/**
 * This server, as an identity provider knows it.
 *
 * @param scopes what is asked for beside {@code openid}
 * @param operators by what it names operators, if it may: the platform's alone
 * @param names by which claims it says what people are called
 */
public record Client(
    Issuer issuer,
    String id,
    ClientAuthentication authentication,
    List<String> scopes,
    Optional<OperatorClaim> operators,
    ClaimNames names) {
  public Client {
    scopes = List.copyOf(scopes);
  }

  /** One of a provider that says so by the claims of OpenID Connect. */
  Client(
      Issuer issuer,
      String id,
      ClientAuthentication authentication,
      List<String> scopes,
      Optional<OperatorClaim> operators) {
    this(issuer, id, authentication, scopes, operators, ClaimNames.STANDARD);
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
