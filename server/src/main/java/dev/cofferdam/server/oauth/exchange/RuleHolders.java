package dev.cofferdam.server.oauth.exchange;

import dev.cofferdam.server.oauth.Holder;
import dev.cofferdam.server.oauth.Holders;
import dev.cofferdam.server.surface.TokenScope;
import java.util.Optional;
import java.util.Set;

/** What exchanged tokens stand on: a rule, as long as it and its issuer are there. */
final class RuleHolders implements Holders {
  private final PlacedRules rules;

  RuleHolders(PlacedRules rules) {
    this.rules = rules;
  }

  @Override
  public Holder.Kind kind() {
    return Holder.Kind.RULE;
  }

  @Override
  public Optional<Standing> find(Holder holder, Set<TokenScope> scopes) {
    return rules
        .find(holder.id())
        .filter(rule -> rule.tenant().equals(holder.tenant()))
        .map(
            rule -> {
              Set<TokenScope> held = Holders.held(scopes, rule.scopes());
              return new Standing(rule.caller(held), held, rule.id().value());
            });
  }
}
