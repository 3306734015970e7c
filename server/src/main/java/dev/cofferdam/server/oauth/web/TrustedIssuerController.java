package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.identity.Stored;
import dev.cofferdam.server.oauth.exchange.Condition;
import dev.cofferdam.server.oauth.exchange.IssuerWish;
import dev.cofferdam.server.oauth.exchange.RuleId;
import dev.cofferdam.server.oauth.exchange.RuleView;
import dev.cofferdam.server.oauth.exchange.RuleWish;
import dev.cofferdam.server.oauth.exchange.Trust;
import dev.cofferdam.server.oauth.exchange.TrustChange;
import dev.cofferdam.server.oauth.exchange.TrustedIssuerId;
import dev.cofferdam.server.oauth.exchange.TrustedIssuerView;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Whose tokens programs may exchange in the tenant that one works in. No token gets here. */
@RestController
class TrustedIssuerController {
  private final Trust trust;

  TrustedIssuerController(Trust trust) {
    this.trust = trust;
  }

  /**
   * The issuer to trust.
   *
   * @param issuer as its tokens write it, letter by letter
   * @param jwksUrl where its keys are; left out when its discovery document says that
   * @param audience whom its tokens must be made for; the id of the trusted issuer when left out
   * @param reusable whether one token may be exchanged more than once: {@code false} when absent
   */
  record Wanted(
      String label,
      String issuer,
      @Nullable String jwksUrl,
      @Nullable String audience,
      @Nullable Boolean reusable) {
    IssuerWish wish() {
      return new IssuerWish(
          label.strip(),
          issuer,
          Optional.ofNullable(jwksUrl),
          Optional.ofNullable(audience),
          Boolean.TRUE.equals(reusable));
    }
  }

  /**
   * The rule to make.
   *
   * @param conditions what a token must say: of each claim one of the values
   * @param serviceId a service that another rule makes already; left out for a new one
   * @param role what the service is in the tenant: any but owner
   * @param scopes what its tokens are for at most
   */
  record WantedRule(
      String label,
      List<WantedCondition> conditions,
      @Nullable UUID serviceId,
      String role,
      List<String> scopes) {
    RuleWish wish() {
      return new RuleWish(
          label.strip(),
          conditions.stream().map(WantedCondition::read).toList(),
          Optional.ofNullable(serviceId).map(ServiceId::new),
          role(role),
          scopes(scopes));
    }

    private static Role role(String text) {
      return Arrays.stream(Role.values())
          .filter(one -> Stored.name(one).equals(text))
          .findFirst()
          .orElseThrow(() -> Refusal.invalid("role").thrown());
    }

    private static Set<TokenScope> scopes(List<String> texts) {
      EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
      for (String text : texts) {
        scopes.add(TokenScope.of(text).orElseThrow(() -> Refusal.invalid("scopes").thrown()));
      }
      if (scopes.size() != texts.size()) {
        throw Refusal.invalid("scopes").thrown();
      }
      return scopes;
    }
  }

  /**
   * A condition.
   *
   * @param claim at the top of the token
   * @param values any of which it may be, letter by letter
   */
  record WantedCondition(String claim, List<String> values) {
    Condition read() {
      return new Condition(claim, values);
    }
  }

  @GetMapping("/v1/trusted-issuers")
  @Surface(
      summary = "Lists the issuers whose tokens can be exchanged.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "trusted_issuer.list")
  Page<TrustedIssuerBody> list(PageRequest page) {
    Page<TrustedIssuerView> found = trust.list(page);
    return new Page<>(found.items().stream().map(TrustedIssuerBody::of).toList(), found.last());
  }

  @GetMapping("/v1/trusted-issuers/{issuer}")
  @Surface(
      summary = "Reads a trusted issuer, with its rules.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "trusted_issuer.read",
      problems = ProblemCode.NOT_FOUND)
  TrustedIssuerBody.WithRules read(@PathVariable UUID issuer) {
    TrustedIssuerId id = new TrustedIssuerId(issuer);
    return trust
        .find(id)
        .map(found -> TrustedIssuerBody.WithRules.of(found, trust.rules(id)))
        .orElseThrow(() -> Refusal.notFound().thrown());
  }

  @PostMapping("/v1/trusted-issuers")
  @Surface(
      summary = "Trusts an issuer, of which no token can be exchanged before it has a rule.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "trusted_issuer.add",
      created = "/v1/trusted-issuers/{id}",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED})
  Recorded<TrustedIssuerBody> add(
      Call call, Caller.Person caller, Once once, @RequestBody Wanted wanted) {
    Recorded<TrustedIssuerView> added =
        done(
            trust.trust(
                call,
                caller,
                wanted.wish(),
                made -> once.keep(made.with(TrustedIssuerBody.of(made.body())))));
    return added.with(TrustedIssuerBody.of(added.body()));
  }

  /** Gives one up, with its rules: what was exchanged by them is refused within a second. */
  @DeleteMapping("/v1/trusted-issuers/{issuer}")
  @Surface(
      summary = "Gives up a trusted issuer and its rules.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "trusted_issuer.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<TrustedIssuerBody> remove(Call call, Caller.Person caller, @PathVariable UUID issuer) {
    Recorded<TrustedIssuerView> removed =
        done(trust.remove(call, caller, new TrustedIssuerId(issuer)));
    return removed.with(TrustedIssuerBody.of(removed.body()));
  }

  @PostMapping("/v1/trusted-issuers/{issuer}/rules")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Makes a rule: which tokens of an issuer are exchanged for which service's.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "exchange_rule.make",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED, ProblemCode.NOT_FOUND})
  Recorded<RuleBody> make(
      Call call, Caller.Person caller, @PathVariable UUID issuer, @RequestBody WantedRule wanted) {
    Recorded<RuleView> made =
        done(trust.make(call, caller, new TrustedIssuerId(issuer), wanted.wish()));
    return made.with(RuleBody.of(made.body()));
  }

  /** Ends a rule: what was exchanged by it is refused within a second. */
  @DeleteMapping("/v1/trusted-issuers/{issuer}/rules/{rule}")
  @Surface(
      summary = "Ends a rule, and what was exchanged by it.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "exchange_rule.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<RuleBody> removeRule(
      Call call, Caller.Person caller, @PathVariable UUID issuer, @PathVariable UUID rule) {
    Recorded<RuleView> removed =
        done(trust.remove(call, caller, new TrustedIssuerId(issuer), new RuleId(rule)));
    return removed.with(RuleBody.of(removed.body()));
  }

  private static <V> Recorded<V> done(TrustChange<V> change) {
    return switch (change) {
      case TrustChange.Done<V>(var made) -> made;
      case TrustChange.Refused<V> refused -> throw refused.refusal().thrown();
    };
  }
}
