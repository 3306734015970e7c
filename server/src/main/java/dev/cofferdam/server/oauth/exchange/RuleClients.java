package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.oauth.Client;
import dev.cofferdam.server.oauth.ClientAuthentication;
import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.oauth.ClientKind;
import dev.cofferdam.server.oauth.ClientRegistry;
import java.util.Optional;
import java.util.Set;

/** Rules as clients: whoever names one has shown nothing yet, and may do nothing but exchange. */
final class RuleClients implements ClientRegistry {
  private final PlacedRules rules;

  RuleClients(PlacedRules rules) {
    this.rules = rules;
  }

  @Override
  public Optional<Client> find(ClientId id) {
    return rules
        .find(id)
        .map(
            rule ->
                new Client(
                    id,
                    Optional.of(rule.tenant()),
                    ClientKind.SERVICE,
                    new ClientAuthentication.None(),
                    Optional.empty(),
                    Set.of(ExchangeGrant.NAME)));
  }
}
