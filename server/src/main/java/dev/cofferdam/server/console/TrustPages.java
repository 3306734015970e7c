package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.identity.PresentedSession;
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
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.ServiceId;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Workspace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whose tokens programs may exchange in the tenant that one works in. */
@RestController
class TrustPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String LIST = "/trusted-issuers";
  private static final String ONE = LIST + "/{issuer}";
  private static final List<Role> ROLES = List.of(Role.MEMBER, Role.AUDITOR, Role.ADMIN);

  /** As many as a tenant may trust: they are one page. */
  private static final int ALL = 200;

  private final Pages pages;
  private final Trust trust;

  TrustPages(Pages pages, Trust trust) {
    this.pages = pages;
    this.trust = trust;
  }

  @GetMapping(path = LIST, produces = HTML)
  @Surface(
      summary = "Page: the issuers whose tokens can be exchanged.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "trusted_issuer.list")
  String list(Call call, Caller.Person caller, PresentedSession session) {
    return list(call, caller, session, TrustForm.EMPTY, FieldFault.NONE);
  }

  private String list(
      Call call, Caller.Person caller, PresentedSession session, TrustForm form, FieldFault fault) {
    return pages.render(
        "trusted_issuers",
        "Trusted issuers",
        LIST,
        call,
        session,
        Map.of(
            "issuers",
            trust.list(new PageRequest(ALL, null)).items().stream()
                .map(TrustedIssuerCard::of)
                .toList(),
            "form",
            form,
            "fault",
            fault,
            "changes",
            mayChange(caller)));
  }

  private static boolean mayChange(Caller.Person caller) {
    return caller.workspace().map(Workspace::role).filter(Role.OWNER::equals).isPresent();
  }

  /** Trusts one; the page comes again, with what was wrong, when that cannot be. */
  @PostMapping(path = LIST, produces = HTML)
  @Surface(
      summary = "Form: trusts an issuer.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "trusted_issuer.add",
      problems = ProblemCode.QUOTA_REACHED)
  Object add(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String label,
      @RequestParam String issuer,
      @RequestParam(name = "jwks_url", defaultValue = "") String jwksUrl,
      @RequestParam(defaultValue = "") String audience,
      @RequestParam(defaultValue = "false") boolean reusable,
      HttpServletResponse response) {
    TrustForm typed = new TrustForm(label, issuer, jwksUrl, audience, reusable);
    IssuerWish wish =
        new IssuerWish(label.strip(), issuer.strip(), given(jwksUrl), given(audience), reusable);
    return answered(
        trust.trust(call, caller, wish, made -> {}),
        made -> Redirect.to(LIST + "/" + made.id(), response),
        fault -> {
          response.setStatus(ProblemCode.INVALID_FIELD.status());
          return list(call, caller, session, typed, fault);
        });
  }

  private static Optional<String> given(String typed) {
    return Optional.of(typed.strip()).filter(text -> !text.isEmpty());
  }

  @GetMapping(path = ONE, produces = HTML)
  @Surface(
      summary = "Page: one trusted issuer, its rules, and how programs exchange its tokens.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "trusted_issuer.read",
      problems = ProblemCode.NOT_FOUND)
  String one(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID issuer,
      HttpServletRequest request) {
    return one(call, caller, session, view(issuer), RuleForm.EMPTY, FieldFault.NONE, request);
  }

  private TrustedIssuerView view(UUID issuer) {
    return trust.find(new TrustedIssuerId(issuer)).orElseThrow(() -> Refusal.notFound().thrown());
  }

  private String one(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      TrustedIssuerView issuer,
      RuleForm form,
      FieldFault fault,
      HttpServletRequest request) {
    return pages.render(
        "trusted_issuer",
        "Trusted issuer " + issuer.label(),
        LIST + "/" + issuer.id(),
        call,
        session,
        Map.of(
            "issuer",
            TrustedIssuerCard.of(issuer),
            "rules",
            trust.rules(issuer.id()).stream().map(RuleLine::of).toList(),
            "endpoint",
            OwnOrigin.of(request) + "/oauth/token",
            "roles",
            ROLES.stream().map(Words::of).toList(),
            "form",
            form,
            "fault",
            fault,
            "changes",
            mayChange(caller)));
  }

  /** Makes a rule; the page comes again, with what was wrong, when that cannot be. */
  @PostMapping(path = ONE + "/rules", produces = HTML)
  @Surface(
      summary = "Form: makes a rule of a trusted issuer.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "exchange_rule.make",
      problems = {ProblemCode.QUOTA_REACHED, ProblemCode.NOT_FOUND})
  Object make(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID issuer,
      @RequestParam String label,
      @RequestParam String conditions,
      @RequestParam(name = "service_id", defaultValue = "") String serviceId,
      @RequestParam String role,
      @RequestParam(required = false) @Nullable List<String> scope,
      HttpServletRequest request,
      HttpServletResponse response) {
    TrustedIssuerView of = view(issuer);
    List<String> scopes = scope == null ? List.of() : scope;
    RuleForm typed = new RuleForm(label, conditions, serviceId, role, scopes);
    Function<FieldFault, String> again =
        fault -> {
          response.setStatus(ProblemCode.INVALID_FIELD.status());
          return one(call, caller, session, of, typed, fault, request);
        };
    Role wanted =
        ROLES.stream()
            .filter(one -> Words.of(one).equals(role))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("role").thrown());
    Optional<ServiceId> joins = given(serviceId).flatMap(TrustPages::service);
    if (given(serviceId).isPresent() && joins.isEmpty()) {
      return again.apply(fault("service_id"));
    }
    RuleWish wish =
        new RuleWish(label.strip(), conditions(conditions), joins, wanted, scopes(scopes));
    return answered(
        trust.make(call, caller, of.id(), wish),
        made -> Redirect.to(LIST + "/" + issuer, response),
        again);
  }

  private static Optional<ServiceId> service(String typed) {
    try {
      return Optional.of(new ServiceId(UUID.fromString(typed)));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  /** A claim and a value to each line; of one claim there may be several lines. */
  private static List<Condition> conditions(String typed) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    typed
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split("=", 2))
        .forEach(
            halves ->
                values
                    .computeIfAbsent(halves[0].strip(), claim -> new ArrayList<>())
                    .add(halves.length < 2 ? "" : halves[1].strip()));
    return values.entrySet().stream()
        .map(one -> new Condition(one.getKey(), one.getValue()))
        .toList();
  }

  private static Set<TokenScope> scopes(List<String> texts) {
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    texts.forEach(
        text ->
            scopes.add(TokenScope.of(text).orElseThrow(() -> Refusal.invalid("scope").thrown())));
    return scopes;
  }

  @PostMapping(path = ONE + "/rules/remove", produces = HTML)
  @Surface(
      summary = "Form: ends a rule, and what was exchanged by it.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "exchange_rule.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> removeRule(
      Call call,
      Caller.Person caller,
      @PathVariable UUID issuer,
      @RequestParam UUID rule,
      HttpServletResponse response) {
    TrustChange<RuleView> change =
        trust.remove(call, caller, new TrustedIssuerId(issuer), new RuleId(rule));
    return removed(change, LIST + "/" + issuer, response);
  }

  @PostMapping(path = ONE + "/remove", produces = HTML)
  @Surface(
      summary = "Form: gives up a trusted issuer and its rules.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "trusted_issuer.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> remove(
      Call call, Caller.Person caller, @PathVariable UUID issuer, HttpServletResponse response) {
    return removed(trust.remove(call, caller, new TrustedIssuerId(issuer)), LIST, response);
  }

  private static <V> Recorded<String> removed(
      TrustChange<V> change, String then, HttpServletResponse response) {
    return switch (change) {
      case TrustChange.Done<V>(var gone) -> gone.with(Redirect.to(then, response));
      case TrustChange.Refused<V> refused -> throw refused.refusal().thrown();
    };
  }

  private static <V> Object answered(
      TrustChange<V> change, Function<V, String> then, Function<FieldFault, String> again) {
    return switch (change) {
      case TrustChange.Done<V>(var made) -> made.with(then.apply(made.body()));
      case TrustChange.Wrong<V>(var field) -> again.apply(fault(field));
      // A service that is not there too: no page is drawn about what may be another's.
      case TrustChange.Refused<V> refused -> throw refused.refusal().thrown();
    };
  }

  private static FieldFault fault(String field) {
    return new FieldFault(
        switch (field) {
          case "label" -> "A name has 1 to 80 characters.";
          case "issuer" -> "That is no issuer: it is an https address, as its tokens write it.";
          case "jwks_url" -> "Keys are fetched from an https address.";
          case "audience" -> "An audience has 1 to 255 characters without spaces.";
          case "conditions" ->
              "Write a claim and a value to each line, such as repository = acme/app. An issuer that"
                  + " signs for everybody needs a claim that says whose program it is.";
          case "service_id" -> "That is no id of a service.";
          case "role" -> "That service has another role.";
          default -> "Tick what its tokens are for.";
        },
        field);
  }
}
