package dev.cofferdam.review.identity;

import dev.cofferdam.review.agent.OwnPeople;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.Attempt;
import dev.cofferdam.review.issuer.BroughtProvider;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.people.Invited;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Web;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * IDN-13: the owner of a tenant brings an identity provider of their own making, which says of
 * whoever comes what it has no business to say.
 */
public final class OwnProviders {
  private static final String SUBJECT = "ann";

  private OwnProviders() {}

  public static List<Attack> all() {
    return List.of(
        attack(
            "IDN-13.person",
            "has its provider name a person of the victim's provider, by subject and by issuer",
            OwnProviders::person),
        attack(
            "IDN-13.invited",
            "has its provider vouch for the address and the factors with which the victim's tenant is entered",
            OwnProviders::invited),
        attack(
            "IDN-13.address",
            "has its provider vouch for an address in a domain that the tenant has not proven",
            OwnProviders::address),
        attack(
            "IDN-13.operator",
            "has its provider name an operator of the platform",
            OwnProviders::operator));
  }

  private static Attack attack(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.OWNER), assault, OwnProviders::itsPeopleComeIn);
  }

  private static BroughtProvider active(Web web, UUID tenant, HostileIdp idp) {
    Browser owner = web.as(tenant, Part.OWNER);
    return BroughtProvider.by(owner, idp, HostileIdp.CLIENT).tried().activated();
  }

  private static Verdict person(Target target) {
    Web web = target.web();
    try (HostileIdp theirs = HostileIdp.open();
        HostileIdp own = HostileIdp.open()) {
      BroughtProvider.reach(target, theirs, own);
      Optional<String> victim =
          active(web, target.victim().id(), theirs)
              .signIn(web.nobody(), Map.of("sub", SUBJECT))
              .signedIn();
      if (victim.isEmpty()) {
        return new Verdict.Inconclusive("the victim's own provider signs nobody in");
      }
      BroughtProvider provider = active(web, target.attacker().id(), own);
      List<String> met = new ArrayList<>();
      for (Map<String, ?> claims :
          List.of(Map.of("sub", SUBJECT), Map.of("sub", SUBJECT, "iss", theirs.issuer()))) {
        Attempt attempt = provider.signIn(web.nobody(), claims);
        Optional<String> person = attempt.signedIn();
        if (person.equals(victim)) {
          return new Verdict.Succeeded("signed in as the victim's person " + person.get());
        }
        met.add(person.isPresent() ? "somebody else" : attempt.reply().brief());
      }
      return new Verdict.Refused("by subject: " + met.get(0) + "; by issuer too: " + met.get(1));
    }
  }

  private static Verdict invited(Target target) {
    Web web = target.web();
    UUID victim = target.victim().id();
    Reply asked =
        web.as(victim, Part.OWNER)
            .ask(
                Ask.of("PUT", "/v1/tenant/sign-in-policy")
                    .with("If-Match", "\"0\", \"1\", \"2\"")
                    .json(Map.of("least_acr", "multi_factor")));
    if (!asked.isDone()) {
      return new Verdict.Inconclusive("the victim asks for nothing: " + asked.brief());
    }
    Invited invited = Invited.all(web, victim).getFirst();
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Attempt attempt =
          active(web, target.attacker().id(), idp)
              .signIn(
                  web.nobody(),
                  Map.of(
                      "sub",
                      SUBJECT,
                      "email",
                      invited.address(),
                      "email_verified",
                      true,
                      "acr",
                      "mfa"));
      if (attempt.signedIn().isEmpty()) {
        return new Verdict.Inconclusive("nobody is signed in: " + attempt.reply().brief());
      }
      Browser browser = attempt.browser();
      Reply accepted = browser.ask(invited.accepting());
      Reply entered =
          browser.ask(
              Ask.of("PUT", "/v1/session/workspace").json(Map.of("tenant_id", victim.toString())));
      Reply read = browser.get("/v1/tenant");
      return read.isDone()
          ? new Verdict.Succeeded("works in the victim's tenant: " + read.brief())
          : new Verdict.Refused(
              "accepting: %s; entering: %s; reading: %s"
                  .formatted(accepted.brief(), entered.brief(), read.brief()));
    }
  }

  private static Verdict address(Target target) {
    Web web = target.web();
    String address = OwnPeople.address(web.resident(target.victim().id(), Part.MEMBER).subject());
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Attempt attempt =
          active(web, target.attacker().id(), idp)
              .signIn(web.nobody(), Map.of("email", address, "email_verified", true));
      Reply me = attempt.browser().get("/v1/me");
      if (!me.isDone()) {
        return new Verdict.Inconclusive("nobody is signed in: " + attempt.reply().brief());
      }
      return me.member("email").isEmpty()
          ? new Verdict.Refused("in, and of the address nothing is known")
          : new Verdict.Succeeded("in, with an address of the victim's member");
    }
  }

  private static Verdict operator(Target target) {
    Web web = target.web();
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Attempt attempt =
          active(web, target.attacker().id(), idp)
              .signIn(web.nobody(), Map.of("roles", List.of("operator"), "acr", "mfa"));
      if (attempt.signedIn().isEmpty()) {
        return new Verdict.Inconclusive("nobody is signed in: " + attempt.reply().brief());
      }
      Reply tenants = attempt.browser().get("/v1/operator/tenants");
      return tenants.isDone()
          ? new Verdict.Succeeded("sees the platform's tenants: " + tenants.brief())
          : new Verdict.Refused("in, and to operators' routes " + tenants.brief());
    }
  }

  /** The probe: whoever an active provider of the tenant's own signs in is in. */
  static String itsPeopleComeIn(Target target) {
    Web web = target.web();
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Attempt attempt = active(web, target.attacker().id(), idp).signIn(web.nobody(), Map.of());
      if (attempt.signedIn().isEmpty()) {
        throw new IllegalStateException(
            "nor does anybody else come in by an own provider: " + attempt.reply().readable());
      }
      return "a person of the tenant's own provider comes in";
    }
  }
}
