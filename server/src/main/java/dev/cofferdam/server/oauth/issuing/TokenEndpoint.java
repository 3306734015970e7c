package dev.cofferdam.server.oauth.issuing;

import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.limits.Requester;
import dev.cofferdam.server.limits.Taking;
import dev.cofferdam.server.oauth.AuthenticatedClient;
import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.GrantType;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.oauth.TokenAnswer;
import dev.cofferdam.server.oauth.TokenRequest;
import dev.cofferdam.server.oauth.proof.Assertions;
import dev.cofferdam.server.oauth.proof.Proofs;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.tenancy.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Leads a wish for a token to the grant type that it names: after it is known who asks, that they
 * may in this way, for this API, and with which key.
 */
public final class TokenEndpoint {
  /** Its path. */
  public static final String PATH = "/oauth/token";

  private static final String LIMIT = "issue";

  private final Assertions assertions;
  private final Proofs proofs;
  private final Map<String, GrantType> grants = new HashMap<>();
  private final EveryHolder holders;
  private final Limits limits;

  TokenEndpoint(
      Assertions assertions,
      Proofs proofs,
      List<GrantType> grants,
      EveryHolder holders,
      Limits limits) {
    this.assertions = assertions;
    this.proofs = proofs;
    for (GrantType grant : grants) {
      if (this.grants.put(grant.name(), grant) != null) {
        throw new IllegalStateException("there are two grant types `" + grant.name() + "`");
      }
    }
    this.holders = holders;
    this.limits = limits;
  }

  /** The grant types that there are. */
  public Set<String> grantTypes() {
    return Set.copyOf(grants.keySet());
  }

  /**
   * What becomes of the wish.
   *
   * @throws dev.cofferdam.server.surface.RefusedException for what the form lacks
   * @throws org.springframework.dao.DataAccessException when it cannot be known who asks
   */
  public TokenAnswer answer(Call call, OAuthForm form, HttpServletRequest request, Issuer issuer) {
    String type = form.get("grant_type");
    Optional<AuthenticatedClient> known = assertions.client(form, issuer, PATH);
    if (known.isEmpty()) {
      return new TokenAnswer.Refused(Refusal.of(ProblemCode.INVALID_CLIENT));
    }
    Client client = known.get().client();
    GrantType grant = grants.get(type);
    if (grant == null) {
      return new TokenAnswer.Refused(Refusal.of(ProblemCode.UNSUPPORTED_GRANT_TYPE));
    }
    Optional<Duration> wait = wait(client);
    if (wait.isPresent()) {
      return new TokenAnswer.Refused(Refusal.of(ProblemCode.RATE_LIMITED).after(wait.get()));
    }
    if (!client.grants().contains(type)) {
      return denied(client, ProblemCode.UNAUTHORIZED_CLIENT);
    }
    if (!issuer.isOnlyResourceIn(form.all("resource"))) {
      return denied(client, ProblemCode.INVALID_TARGET);
    }
    if (form.find("authorization_details").isPresent()) {
      // What was allowed is what there is: nothing is asked for, or changed, in this place.
      return denied(client, ProblemCode.INVALID_AUTHORIZATION_DETAILS);
    }
    return switch (proofs.of(request)) {
      case Proofs.Shown.Good(KeyThumbprint key) ->
          grant.redeem(new TokenRequest(call, issuer, form, Optional.of(key)), known.get());
      case Proofs.Shown.None none ->
          grant.redeem(new TokenRequest(call, issuer, form, Optional.empty()), known.get());
      case Proofs.Shown.Bad bad ->
          new TokenAnswer.Refused(Refusal.of(ProblemCode.INVALID_DPOP_PROOF));
      case Proofs.Shown.TooMany(Duration often) ->
          new TokenAnswer.Refused(Refusal.of(ProblemCode.RATE_LIMITED).after(often));
    };
  }

  /**
   * How long a client has to wait that has shown who it is: it is counted by itself. A public one
   * is counted by the address that it comes from, as the door did.
   */
  private Optional<Duration> wait(Client client) {
    Optional<TenantId> tenant = client.tenant();
    if (tenant.isEmpty() || client.authentication() instanceof ClientAuthentication.None) {
      return Optional.empty();
    }
    return switch (limits.take(
        LIMIT, new Requester.InTenant("client:" + client.id(), tenant.get()))) {
      case Taking.Taken taken -> Optional.empty();
      case Taking.Exhausted exhausted -> Optional.of(exhausted.retryAfter());
    };
  }

  /** Recorded as whoever the client is, where it acts as itself. */
  private TokenAnswer denied(Client client, ProblemCode code) {
    Refusal refusal = Refusal.of(code);
    return new TokenAnswer.Refused(
        client
            .self()
            .flatMap(self -> holders.find(self, Set.of()))
            .map(standing -> refusal.to(standing.caller()))
            .orElse(refusal));
  }
}
