package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.ProviderId;
import dev.cofferdam.server.identity.Sessions;
import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.identity.oidc.AcrValues;
import dev.cofferdam.server.identity.oidc.ClaimNames;
import dev.cofferdam.server.identity.oidc.Trouble;
import dev.cofferdam.server.identity.provider.ProviderChange;
import dev.cofferdam.server.identity.provider.ProviderView;
import dev.cofferdam.server.identity.provider.ProviderWish;
import dev.cofferdam.server.identity.provider.Providers;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.AcrClass;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ETag;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The identity providers of the tenant that one works in. */
@RestController
class ProviderPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String LIST = SignInLinks.PROVIDERS;

  /** As many as a tenant may bring: they are one page. */
  private static final int ALL = 200;

  private final Pages pages;
  private final Providers providers;
  private final Sessions sessions;

  ProviderPages(Pages pages, Providers providers, Sessions sessions) {
    this.pages = pages;
    this.providers = providers;
    this.sessions = sessions;
  }

  @GetMapping(path = LIST, produces = HTML)
  @Surface(
      summary = "Page: the identity providers that the tenant has brought.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "provider.list")
  String list(Call call, Caller.Person caller, PresentedSession session) {
    return list(call, caller, session, ProviderForm.EMPTY);
  }

  private String list(
      Call call, Caller.Person caller, PresentedSession session, ProviderForm form) {
    return pages.render(
        "providers",
        "Identity providers",
        LIST,
        call,
        session,
        Map.of(
            "providers",
            providers.list(new PageRequest(ALL, null)).items().stream()
                .map(ProviderPages::line)
                .toList(),
            "form",
            form,
            "changes",
            mayChange(caller)));
  }

  /** Who signed in at a provider of the tenant's own does not vouch for providers. */
  private boolean mayChange(Caller.Person caller) {
    return caller.workspace().map(Workspace::role).filter(Role.OWNER::equals).isPresent()
        && sessions.provider(caller).isEmpty();
  }

  private static ProviderLine line(ProviderView one) {
    return new ProviderLine(
        one.id().toString(), one.alias(), one.issuer(), Words.of(one.state()), said(one));
  }

  private static String said(ProviderView one) {
    return switch (one.state()) {
      case INACTIVE ->
          one.failingSince().isPresent()
              ? "Nobody signs in at it, and it could not be tried."
              : one.triedAt().isPresent()
                  ? "Nobody signs in at it. It was tried, and can be activated."
                  : "Nobody signs in at it. Try it, and then activate it.";
      case ACTIVE -> "People of this workspace sign in at it.";
      case DEGRADED ->
          "It cannot be used since "
              + one.failingSince().map(Words::of).orElseThrow()
              + ". Whoever is in stays in.";
    };
  }

  /** Brings one; the page comes again, with what was wrong, when that cannot be. */
  @PostMapping(path = LIST, produces = HTML)
  @Surface(
      summary = "Form: brings an identity provider.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.create",
      problems = ProblemCode.QUOTA_REACHED)
  Object create(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String alias,
      @RequestParam String issuer,
      @RequestParam(name = "client_id") String clientId,
      @RequestParam(name = "client_secret", defaultValue = "") String clientSecret,
      @RequestParam(name = "multi_factor", defaultValue = "") String multiFactor,
      @RequestParam(name = "phishing_resistant", defaultValue = "") String phishingResistant,
      @RequestParam(name = "least_acr") String leastAcr,
      @RequestParam(name = "name_claim", defaultValue = "name") String nameClaim,
      @RequestParam(name = "email_claim", defaultValue = "email") String emailClaim,
      @RequestParam(name = "verified_by_domain", defaultValue = "false") boolean byDomain,
      HttpServletResponse response) {
    ProviderForm typed =
        new ProviderForm(
            alias,
            issuer,
            clientId,
            multiFactor,
            phishingResistant,
            leastAcr,
            nameClaim,
            emailClaim,
            byDomain,
            null,
            null);
    Optional<AcrClass> least = acr(leastAcr);
    if (least.isEmpty()) {
      throw Refusal.invalid("least_acr").thrown();
    }
    ProviderWish wish =
        new ProviderWish(
            alias.strip(),
            issuer.strip(),
            clientId.strip(),
            clientSecret.isEmpty() ? null : clientSecret,
            new AcrValues(values(multiFactor), values(phishingResistant)),
            least.get(),
            new ClaimNames(nameClaim.strip(), emailClaim.strip()),
            byDomain);
    Optional<String> wrong = wish.wrong();
    if (wrong.isPresent()) {
      return again(call, caller, session, typed.with(sentence(wrong.get()), wrong.get()), response);
    }
    ProviderChange change = providers.create(call, caller, wish, made -> {});
    return change instanceof ProviderChange.AliasTaken
        ? again(
            call,
            caller,
            session,
            typed.with("Another provider here is called so.", "alias"),
            response)
        : answered(change, response);
  }

  private static Optional<AcrClass> acr(String name) {
    return Arrays.stream(AcrClass.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  private static List<String> values(String typed) {
    return Arrays.stream(typed.split("\\s+")).filter(one -> !one.isEmpty()).toList();
  }

  private static String sentence(String field) {
    return switch (field) {
      case "alias" ->
          "A name here has lower-case letters, digits and hyphens, and begins with a letter.";
      case "issuer" ->
          "That is no issuer: it is an https address, as the provider itself writes it.";
      case "client_id" -> "A client id has 1 to 255 characters without spaces.";
      case "client_secret" -> "A secret has at least 16 characters. Leave it out to use a key.";
      case "multi_factor", "phishing_resistant" -> "There are at most 20 values, parted by spaces.";
      case "name_claim", "email_claim" ->
          "That is no name of a claim, or the name of one that says something else.";
      case "verified_by_domain" ->
          "Only of its claim email a provider says whether it verified it. With another one choose this, or no address would count.";
      default -> "No value of acr means so much here, so that nobody could ever reach it.";
    };
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      ProviderForm form,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return list(call, caller, session, form);
  }

  @GetMapping(path = LIST + "/{provider}", produces = HTML)
  @Surface(
      summary = "Page: one identity provider, what is to be entered there, and how it is.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "provider.read",
      problems = ProblemCode.NOT_FOUND)
  String one(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID provider,
      HttpServletRequest request) {
    ProviderView view =
        providers.find(new ProviderId(provider)).orElseThrow(() -> Refusal.notFound().thrown());
    Map<String, Object> model = new HashMap<>();
    model.put("provider", card(view, request));
    model.put("changes", mayChange(caller));
    return pages.render(
        "provider", "Provider " + view.alias(), LIST + "/" + provider, call, session, model);
  }

  private static ProviderCard card(ProviderView one, HttpServletRequest request) {
    return new ProviderCard(
        one.id().toString(),
        one.alias(),
        one.issuer(),
        one.clientId(),
        Words.of(one.state()),
        said(one),
        one.failingBecause().map(Trouble::sentence).orElse(null),
        absolute(request, "/sign-in/callback/" + one.id()),
        absolute(request, SignInLinks.SIGNED_OUT),
        absolute(request, "/sign-in/with/" + one.id()),
        absolute(request, "/sign-in"),
        one.publicKey().orElse(null),
        String.join(" ", one.acrValues().multiFactor()),
        String.join(" ", one.acrValues().phishingResistant()),
        Words.of(one.leastAcr()),
        one.names().name(),
        one.names().email(),
        one.names().isVouchedFor(),
        one.verifiedByDomain(),
        one.triedAt().map(Instant::toString).orElse(null),
        trial(one),
        one.state() != ProviderView.State.INACTIVE,
        Long.toString(one.version()));
  }

  private static ProviderCard.@Nullable Trial trial(ProviderView one) {
    return one.trial()
        .map(trial -> trial(trial.at(), trial.result().sentence(), trial.result().isThrough()))
        // From before it was kept what came of them: only who came through was noted.
        .or(() -> one.triedAt().map(at -> trial(at, "Somebody came through.", true)))
        .orElse(null);
  }

  private static ProviderCard.Trial trial(Instant at, String said, boolean through) {
    return new ProviderCard.Trial(at.toString(), Words.of(at), said, through);
  }

  /** Under the name by which the browser came, which the edge has checked. */
  private static String absolute(HttpServletRequest request, String path) {
    return ServletUriComponentsBuilder.fromRequestUri(request)
        .replacePath(path)
        .replaceQuery(null)
        .toUriString();
  }

  @PostMapping(path = LIST + "/{provider}/activate", produces = HTML)
  @Surface(
      summary = "Form: lets people sign in at an identity provider.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.activate",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> activate(
      Call call,
      Caller.Person caller,
      @PathVariable UUID provider,
      @RequestParam long version,
      HttpServletResponse response) {
    return answered(
        providers.activate(call, caller, new ProviderId(provider), read(version)), response);
  }

  @PostMapping(path = LIST + "/{provider}/deactivate", produces = HTML)
  @Surface(
      summary = "Form: lets nobody sign in at an identity provider any more.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.deactivate",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> deactivate(
      Call call,
      Caller.Person caller,
      @PathVariable UUID provider,
      @RequestParam long version,
      HttpServletResponse response) {
    return answered(
        providers.deactivate(call, caller, new ProviderId(provider), read(version)), response);
  }

  @PostMapping(path = LIST + "/{provider}/remove", produces = HTML)
  @Surface(
      summary = "Form: forgets an identity provider.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "provider.remove",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PRECONDITION_FAILED})
  Recorded<String> remove(
      Call call,
      Caller.Person caller,
      @PathVariable UUID provider,
      @RequestParam long version,
      HttpServletResponse response) {
    ProviderChange change = providers.remove(call, caller, new ProviderId(provider), read(version));
    return change instanceof ProviderChange.Done(var removed)
        ? removed.with(Redirect.to(LIST, response))
        : answered(change, response);
  }

  private static IfMatch read(long version) {
    return new IfMatch(List.of(ETag.ofVersion(version)));
  }

  private static Recorded<String> answered(ProviderChange change, HttpServletResponse response) {
    return switch (change) {
      case ProviderChange.Done(var provider) ->
          provider.with(Redirect.to(LIST + "/" + provider.body().id(), response));
      case ProviderChange.Refused refused -> throw refused.refusal().thrown();
    };
  }
}
