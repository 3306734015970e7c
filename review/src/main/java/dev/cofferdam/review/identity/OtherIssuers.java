package dev.cofferdam.review.identity;

import dev.cofferdam.review.agent.OwnPeople;
import dev.cofferdam.review.attack.Attack;
import dev.cofferdam.review.attack.Identity;
import dev.cofferdam.review.attack.Mode;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.attack.Verdict;
import dev.cofferdam.review.issuer.Attempt;
import dev.cofferdam.review.issuer.BroughtProvider;
import dev.cofferdam.review.issuer.ForgedToken;
import dev.cofferdam.review.issuer.HostileIdp;
import dev.cofferdam.review.issuer.TokenCase;
import dev.cofferdam.review.issuer.TokenCases;
import dev.cofferdam.review.people.Invited;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.web.Part;
import dev.cofferdam.review.web.Resident;
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
 * IDN-11: somebody comes for the first time, by a provider at which nobody may sign in, or by
 * another issuer in the name and with the address of somebody who is known.
 */
public final class OtherIssuers {
  private static final String EMAIL = "email";
  private static final String VERIFIED = "email_verified";

  private OtherIssuers() {}

  public static List<Attack> all() {
    return List.of(
        new Attack(
            "IDN-11.disallowed",
            "signs in at a provider before it is activated, and comes back after it was deactivated",
            Mode.NOISY,
            Set.of(Identity.OWNER),
            OtherIssuers::disallowed,
            OwnProviders::itsPeopleComeIn),
        ofAnother(
            "IDN-11.unverified",
            "accepts an invite by an address that its issuer does not say it verified",
            OtherIssuers::unverified),
        ofAnother(
            "IDN-11.subject",
            "comes from another issuer, which calls them as theirs calls a member of the victim's",
            OtherIssuers::sameSubject),
        ofAnother(
            "IDN-11.address",
            "comes from another issuer with the verified address of a member of the victim's",
            OtherIssuers::sameAddress));
  }

  private static Attack ofAnother(String id, String does, Attack.Assault assault) {
    return new Attack(
        id, does, Mode.DESTRUCTIVE, Set.of(Identity.NOBODY), assault, ForgedTokens::honestOnesWork);
  }

  private static Verdict disallowed(Target target) {
    Web web = target.web();
    UUID tenant = target.attacker().id();
    try (HostileIdp idp = HostileIdp.open()) {
      BroughtProvider.reach(target, idp);
      Browser owner = web.as(tenant, Part.OWNER);
      BroughtProvider provider = BroughtProvider.by(owner, idp, HostileIdp.CLIENT);
      Attempt early = provider.signIn(web.nobody(), Map.of());
      Optional<String> person = early.signedIn();
      if (person.isPresent()) {
        return new Verdict.Succeeded(
            "signed in as " + person.get() + " at a provider that nobody has activated");
      }
      provider.tried().activated();
      Browser browser = web.nobody();
      String back = provider.begun(browser, Map.of());
      provider.deactivated();
      Attempt late = new Attempt(browser.get(back), browser);
      return late.signedIn()
          .<Verdict>map(
              who ->
                  new Verdict.Succeeded(
                      "signed in as " + who + " at a provider that was deactivated"))
          .orElseGet(
              () ->
                  new Verdict.Refused(
                      "before it is active: "
                          + early.reply().brief()
                          + "; after it was: "
                          + late.reply().brief()));
    }
  }

  private static Verdict unverified(Target target) {
    Web web = target.web();
    Invited invited = Invited.all(web, target.victim().id()).getFirst();
    try (HostileIdp idp = HostileIdp.open()) {
      Attempt.believe(target, idp, idp.issuer());
      List<String> met = new ArrayList<>();
      for (TokenCase one : TokenCases.of("IDN-11.unverified")) {
        TokenCase token = one.with(Map.of(EMAIL, invited.address()));
        Attempt attempt = Attempt.at(web, idp, nonce -> ForgedToken.now(idp).of(token, nonce));
        if (attempt.signedIn().isEmpty()) {
          return new Verdict.Inconclusive(
              "nobody is signed in: " + one.what() + ": " + attempt.reply().brief());
        }
        Reply accepted = attempt.browser().ask(invited.accepting());
        if (accepted.isDone()) {
          return new Verdict.Succeeded(
              "a member of the victim's tenant by an address of which the issuer " + one.what());
        }
        met.add(accepted.brief());
      }
      return met.stream().allMatch("403 address_mismatch"::equals)
          ? new Verdict.Refused(met.size() + " addresses: " + met.getFirst())
          : new Verdict.Inconclusive("refused, but not for the address: " + met);
    }
  }

  private static Verdict sameSubject(Target target) {
    Resident known = target.web().resident(target.victim().id(), Part.MEMBER);
    return asAnother(target, known, Map.of("sub", known.subject()));
  }

  private static Verdict sameAddress(Target target) {
    Resident known = target.web().resident(target.victim().id(), Part.MEMBER);
    // Whoever links by addresses must have heard of this one.
    target.web().signedIn(known, Web.USUAL_ACR);
    return asAnother(
        target, known, Map.of(EMAIL, OwnPeople.address(known.subject()), VERIFIED, true));
  }

  private static Verdict asAnother(Target target, Resident known, Map<String, ?> claims) {
    try (HostileIdp idp = HostileIdp.open()) {
      Attempt.believe(target, idp, idp.issuer());
      Attempt attempt =
          Attempt.at(target.web(), idp, nonce -> ForgedToken.saying(idp, claims, nonce));
      Optional<String> person = attempt.signedIn();
      if (person.isEmpty()) {
        return new Verdict.Inconclusive("nobody is signed in: " + attempt.reply().brief());
      }
      if (person.get().equals(known.person().toString())) {
        return new Verdict.Succeeded("signed in as somebody of another issuer's, " + person.get());
      }
      Reply theirs =
          attempt
              .browser()
              .ask(
                  Ask.of("PUT", "/v1/session/workspace")
                      .json(Map.of("tenant_id", target.victim().id().toString())));
      return theirs.isDone()
          ? new Verdict.Succeeded("works in the victim's tenant")
          : new Verdict.Refused("somebody new, to whom the victim's tenant is " + theirs.brief());
    }
  }
}
