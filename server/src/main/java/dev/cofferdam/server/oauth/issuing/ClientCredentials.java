package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.audit.Actor;
import dev.cofferdam.server.oauth.AccessToken;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.TokenScope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@code client_credentials} (RFC 6749, section 4.4): a token for the client itself, which has
 * shown who it is. There is nothing to renew it with: it asks again.
 */
final class ClientCredentials implements GrantType {
  static final String NAME = "client_credentials";

  private final EveryHolder holders;
  private final IssuedTokens tokens;

  ClientCredentials(EveryHolder holders, IssuedTokens tokens) {
    this.holders = holders;
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TokenAnswer redeem(TokenRequest request, AuthenticatedClient authenticated) {
    Client client = authenticated.client();
    Optional<Holder> self = client.self();
    if (self.isEmpty()) {
      return refused(Refusal.of(ProblemCode.UNAUTHORIZED_CLIENT));
    }
    Set<TokenScope> asked = request.scopes().orElseGet(() -> EnumSet.allOf(TokenScope.class));
    return holders
        .find(self.get(), asked)
        .map(standing -> issued(request, client, self.get(), standing))
        // Gone between its assertion and now.
        .orElseGet(() -> refused(Refusal.of(ProblemCode.INVALID_CLIENT)));
  }

  private TokenAnswer issued(
      TokenRequest request, Client client, Holder self, Holders.Standing standing) {
    if (!standing.allows(request.boundTo())) {
      return refused(Refusal.of(ProblemCode.INVALID_DPOP_PROOF));
    }
    if (request.scopes().filter(asked -> !standing.scopes().containsAll(asked)).isPresent()) {
      return refused(Refusal.of(ProblemCode.INVALID_SCOPE).because("scope").to(standing.caller()));
    }
    return tokens
        .issue(
            request.call(),
            actor(self),
            new AccessToken.Grant(
                request.issuer(),
                client.id(),
                self,
                client.id().value(),
                standing.scopes(),
                Optional.empty(),
                request.boundTo()))
        .<TokenAnswer>map(issued -> issued)
        // A closed tenant writes nothing more into its log: counted, as what strangers ask.
        .orElseGet(() -> refused(Refusal.of(ProblemCode.UNAUTHORIZED_CLIENT)));
  }

  private static Actor actor(Holder self) {
    return switch (self.kind()) {
      case SERVICE -> new Actor.OfService(new ServiceId(self.id()));
      case NODE -> new Actor.OfNode(self.id());
      case GRANT, RULE -> throw new IllegalArgumentException("it shows nothing by itself");
    };
  }

  private static TokenAnswer refused(Refusal refusal) {
    return new TokenAnswer.Refused(refusal);
  }
}
