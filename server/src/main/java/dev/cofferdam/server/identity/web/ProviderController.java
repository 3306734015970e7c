package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.oidc.AcrValues;
import dev.cofferdam.server.identity.oidc.ClaimNames;
import dev.cofferdam.server.identity.provider.ProviderChange;
import dev.cofferdam.server.identity.provider.ProviderView;
import dev.cofferdam.server.identity.provider.ProviderWish;
import dev.cofferdam.server.identity.provider.Providers;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The tenant's own identity providers. */
@RestController
class ProviderController {
  private final Providers providers;

  ProviderController(Providers providers) {
    this.providers = providers;
  }

  /**
   * A provider to bring.
   *
   * @param clientSecret what was agreed on with it, never shown again; without one this server
   *     makes a key and proves itself by {@code private_key_jwt}
   * @param multiFactor its values of acr that mean more than one factor
   * @param phishingResistant those that mean a factor that cannot be phished
   * @param leastAcr what a sign-in at it must reach: {@code single_factor} when absent
   * @param nameClaim its claim with the name to be shown: {@code name} when absent
   * @param emailClaim its claim with the address: {@code email} when absent
   * @param verifiedByDomain whether an address in a domain that the tenant has proven counts where
   *     it does not say whether it verified it: {@code false} when absent
   */
  record Wanted(
      String alias,
      String issuer,
      String clientId,
      @Nullable SecretText clientSecret,
      @Nullable List<String> multiFactor,
      @Nullable List<String> phishingResistant,
      @Nullable String leastAcr,
      @Nullable String nameClaim,
      @Nullable String emailClaim,
      @Nullable Boolean verifiedByDomain) {
    ProviderWish wish() {
      return new ProviderWish(
          alias,
          issuer,
          clientId,
          clientSecret == null ? null : clientSecret.text(),
          new AcrValues(given(multiFactor), given(phishingResistant)),
          Names.acr("least_acr", leastAcr == null ? "single_factor" : leastAcr),
          new ClaimNames(
              nameClaim == null ? ClaimNames.STANDARD.name() : nameClaim,
              emailClaim == null ? ClaimNames.STANDARD.email() : emailClaim),
          Boolean.TRUE.equals(verifiedByDomain));
    }

    private static List<String> given(@Nullable List<String> texts) {
      return texts == null ? List.of() : texts;
    }
  }

  /**
   * A provider.
   *
   * @param clientAuthentication {@code client_secret} or {@code private_key_jwt}
   * @param publicKey the public key to register there, as a JWK in JSON
   * @param state {@code inactive}, {@code active}, or {@code degraded}: active, and it cannot be
   *     used
   * @param nameClaim its claim with the name to be shown
   * @param emailClaim its claim with the address
   * @param verifiedByDomain whether an address in a domain that the tenant has proven counts where
   *     it does not say whether it verified it
   * @param triedAt when an owner last came through when they tried it
   * @param trialAt when an owner last tried it
   * @param trialOutcome what came of it: {@code passed}; {@code address_missing}, {@code
   *     address_unverified} or {@code address_unproven}, through and without an address that
   *     counts; {@code declined}, {@code unavailable} or {@code refused}
   * @param trialFault why it was refused, as the name of the check that failed
   * @param failingSince since when it cannot be used
   * @param failingBecause why: {@code document}, {@code keys}, {@code tokens}, {@code signature} or
   *     {@code credential}
   * @param signInPath where its people sign in
   * @param redirectPath where it sends them back to: to register there
   * @param trialPath where an owner tries it
   * @param version what {@code If-Match} must show to change it, without quotes
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProviderBody(
      UUID id,
      String alias,
      String issuer,
      String clientId,
      String clientAuthentication,
      @Nullable String publicKey,
      List<String> multiFactor,
      List<String> phishingResistant,
      String leastAcr,
      String nameClaim,
      String emailClaim,
      boolean verifiedByDomain,
      String state,
      @Nullable Instant triedAt,
      @Nullable Instant trialAt,
      @Nullable String trialOutcome,
      @Nullable String trialFault,
      @Nullable Instant failingSince,
      @Nullable String failingBecause,
      String signInPath,
      String redirectPath,
      String trialPath,
      Instant createdAt,
      String version) {
    static ProviderBody of(ProviderView view) {
      return new ProviderBody(
          view.id().value(),
          view.alias(),
          view.issuer(),
          view.clientId(),
          Names.of(view.proof()),
          view.publicKey().orElse(null),
          view.acrValues().multiFactor(),
          view.acrValues().phishingResistant(),
          Names.of(view.leastAcr()),
          view.names().name(),
          view.names().email(),
          view.verifiedByDomain(),
          Names.of(view.state()),
          view.triedAt().orElse(null),
          view.trial().map(ProviderView.Trial::at).orElse(null),
          view.trial().map(trial -> Names.of(trial.result().outcome())).orElse(null),
          view.trial().flatMap(trial -> trial.result().fault()).map(Names::of).orElse(null),
          view.failingSince().orElse(null),
          view.failingBecause().map(Names::of).orElse(null),
          "/sign-in/with/" + view.id(),
          TenantSignInController.callback(view.id()),
          "/sign-in/trial/" + view.id(),
          view.createdAt(),
          ETag.ofVersion(view.version()).value());
    }
  }

  @GetMapping("/v1/identity-providers")
  @Surface(
      summary = "Lists the tenant's own identity providers.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "provider.list")
  Page<ProviderBody> list(PageRequest page) {
    Page<ProviderView> found = providers.list(page);
    return new Page<>(found.items().stream().map(ProviderBody::of).toList(), found.last());
  }

  @GetMapping("/v1/identity-providers/{provider}")
  @Surface(
      summary = "Reads one identity provider, with its state.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "provider.read",
      problems = ProblemCode.NOT_FOUND)
  Versioned<ProviderBody> read(@PathVariable UUID provider) {
    return versioned(
        providers.find(new ProviderId(provider)).orElseThrow(() -> Refusal.notFound().thrown()));
  }

  /** Brings one. It is inactive until an owner has tried it. */
  @PostMapping("/v1/identity-providers")
  @Surface(
      summary = "Adds an identity provider, inactive until it was tried.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.create",
      created = "/v1/identity-providers/{id}",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.NAME_TAKEN, ProblemCode.QUOTA_REACHED})
  Recorded<Versioned<ProviderBody>> create(
      Call call, Caller.Person caller, Once once, @RequestBody Wanted wanted) {
    ProviderWish wish = wanted.wish();
    wish.wrong()
        .ifPresent(
            field -> {
              throw Refusal.invalid(field).thrown();
            });
    return answered(providers.create(call, caller, wish, made -> once.keep(body(made))));
  }

  /** Lets people sign in at it, once it was tried. */
  @PostMapping("/v1/identity-providers/{provider}/activate")
  @Surface(
      summary = "Activates an identity provider that was tried.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.activate",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.PRECONDITION_FAILED})
  Recorded<Versioned<ProviderBody>> activate(
      Call call, Caller.Person caller, @PathVariable UUID provider, IfMatch read) {
    return answered(providers.activate(call, caller, new ProviderId(provider), read));
  }

  /** Lets nobody sign in at it; the sessions that were begun at it end. */
  @PostMapping("/v1/identity-providers/{provider}/deactivate")
  @Surface(
      summary = "Deactivates an identity provider.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.deactivate",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PRECONDITION_FAILED})
  Recorded<Versioned<ProviderBody>> deactivate(
      Call call, Caller.Person caller, @PathVariable UUID provider, IfMatch read) {
    return answered(providers.deactivate(call, caller, new ProviderId(provider), read));
  }

  @DeleteMapping("/v1/identity-providers/{provider}")
  @Surface(
      summary = "Removes an identity provider; whom it signed in can no longer sign in.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.remove",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PRECONDITION_FAILED})
  Recorded<Versioned<ProviderBody>> remove(
      Call call, Caller.Person caller, @PathVariable UUID provider, IfMatch read) {
    return answered(providers.remove(call, caller, new ProviderId(provider), read));
  }

  private static Recorded<Versioned<ProviderBody>> answered(ProviderChange change) {
    return switch (change) {
      case ProviderChange.Done(var provider) -> body(provider);
      case ProviderChange.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private static Recorded<Versioned<ProviderBody>> body(Recorded<ProviderView> provider) {
    return provider.with(versioned(provider.body()));
  }

  private static Versioned<ProviderBody> versioned(ProviderView view) {
    return new Versioned<>(ETag.ofVersion(view.version()), ProviderBody.of(view));
  }
}
