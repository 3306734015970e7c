package dev.cofferdam.server.oauth.authorization;

import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.issuing.EndedTokens;
import dev.cofferdam.server.oauth.issuing.LiveAccessTokens;
import dev.cofferdam.server.oauth.issuing.ShownToken;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.Optional;

/**
 * Ends what tokens stand on, on the word of their clients (RFC 7009). Whichever token of a grant is
 * shown, the grant ends with all of them: a client that gives one up gives up what it stands on. A
 * token that a client got as itself, or for what it exchanged, ends alone.
 */
public final class GrantRevocations {
  private final Redemptions redemptions;
  private final LiveAccessTokens tokens;
  private final EndedTokens ended;

  GrantRevocations(Redemptions redemptions, LiveAccessTokens tokens, EndedTokens ended) {
    this.redemptions = redemptions;
    this.tokens = tokens;
    this.ended = ended;
  }

  /**
   * Ends it, if it is one of this client's.
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
                    .filter(shown -> isOf(client, shown))
                    .flatMap(shown -> end(call, client, shown)));
  }

  private static boolean isOf(Client client, ShownToken shown) {
    return shown.client().equals(client.id());
  }

  private Optional<Recorded<TenantId>> end(Call call, Client client, ShownToken shown) {
    Holder holder = shown.holder();
    return switch (holder.kind()) {
      case GRANT -> redemptions.end(call, client.id(), holder.tenant(), holder.id());
      case SERVICE, RULE, NODE -> ended.end(call, shown);
    };
  }
}
