package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.issuing.LiveAccessTokens;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;

/**
 * Ends grants on the word of their clients (RFC 7009). Whichever of its tokens is shown, the grant
 * ends with all of them: a client that gives one up gives up what it stands on.
 */
public final class GrantRevocations {
  private final Redemptions redemptions;
  private final LiveAccessTokens tokens;

  GrantRevocations(Redemptions redemptions, LiveAccessTokens tokens) {
    this.redemptions = redemptions;
    this.tokens = tokens;
  }

  /**
   * Ends what the token stands on, if it is one of this client's.
   *
   * @return of which tenant; empty when there was nothing to end, which is no fault of the client's
   */
  public Optional<Recorded<TenantId>> revoke(
      Call call, Client client, String token, Issuer issuer) {
    return redemptions
        .end(call, client.id(), token)
        .or(
            () ->
                tokens
                    .find(token, issuer)
                    .filter(shown -> shown.client().equals(client.id()))
                    .filter(shown -> shown.holder().kind() == Holder.Kind.GRANT)
                    .flatMap(
                        shown ->
                            redemptions.end(
                                call, client.id(), shown.holder().tenant(), shown.holder().id())));
  }
}
