package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.identity.WorkspaceView;
import dev.cofferdam.server.identity.Workspaces;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.authorization.Answer;
import dev.cofferdam.server.oauth.authorization.AuthorizationFields;
import dev.cofferdam.server.oauth.authorization.AuthorizationRequest;
import dev.cofferdam.server.oauth.authorization.AuthorizationRequests;
import dev.cofferdam.server.oauth.authorization.ConsentOutcome;
import dev.cofferdam.server.oauth.authorization.Consents;
import dev.cofferdam.server.oauth.authorization.Reading;
import dev.cofferdam.server.oauth.authorization.RequestFault;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.OAuthForm;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a client leads people whom it asks for something: who it is, for which tenant, what it
 * wants, and where the answer goes. The request comes whole in each step and is read anew, so that
 * nothing is kept of it before somebody has consented.
 */
@RestController
class ConsentPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String POLICY = "Content-Security-Policy";
  private static final String OWN_FORMS = "form-action 'self'";

  private final Pages pages;
  private final AuthorizationRequests requests;
  private final Consents consents;
  private final Workspaces workspaces;
  private final Clock clock;

  ConsentPages(
      Pages pages,
      AuthorizationRequests requests,
      Consents consents,
      Workspaces workspaces,
      Clock clock) {
    this.pages = pages;
    this.requests = requests;
    this.consents = consents;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @GetMapping(path = AuthorizationRequests.PATH, produces = HTML)
  @Surface(
      summary = "Page: which client asks for what, and whether one lets it have that.",
      access = Access.ANYONE,
      limit = "consent",
      action = "client_grant.ask",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.FORBIDDEN,
        ProblemCode.PERSON_REQUIRED,
        ProblemCode.INVALID_FIELD
      })
  String ask(
      Call call,
      @OAuthForm.Fields(of = AuthorizationFields.class) OAuthForm form,
      HttpServletRequest request,
      HttpServletResponse response) {
    Optional<ReturnPath> back = AuthorizationRequests.back(form);
    if (call.caller() instanceof Caller.Anonymous
        && AuthorizationRequests.isLookedUp(form)
        && back.isPresent()) {
      // A stranger has this server fetch nothing.
      return Redirect.to(SignInLinks.signIn(back.get()), response);
    }
    return switch (requests.read(form, issuer(request))) {
      case Reading.Unfounded unfounded -> nowhere(call, request, unfounded, response);
      case Reading.Faulty(var to, var fault) -> Redirect.to(Answer.with(to, fault), response);
      case Reading.Good(var asked) -> put(call, form, asked, request, response);
    };
  }

  private static Issuer issuer(HttpServletRequest request) {
    return new Issuer(OwnOrigin.of(request));
  }

  /** Said here and nowhere else: an answer to whoever was named would be sent to anybody. */
  private String nowhere(
      Call call,
      HttpServletRequest request,
      Reading.Unfounded unfounded,
      HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    return pages.render(
        "asked_by_nobody",
        "A request that goes nowhere",
        AuthorizationRequests.PATH,
        call,
        call.caller() instanceof Caller.Person ? PresentedSession.of(request) : null,
        Map.of("parameter", unfounded.parameter()));
  }

  private String put(
      Call call,
      OAuthForm form,
      AuthorizationRequest asked,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (call.caller() instanceof Caller.Person person) {
      return put(call, person, form, asked, PresentedSession.of(request), response);
    }
    if (call.caller() instanceof Caller.Anonymous) {
      return Redirect.to(SignInLinks.signIn(back(form)), response);
    }
    throw Refusal.of(
            call.caller() instanceof Caller.SignedIn
                ? ProblemCode.FORBIDDEN
                : ProblemCode.PERSON_REQUIRED)
        .because("kind_of_caller")
        .thrown();
  }

  private String put(
      Call call,
      Caller.Person person,
      OAuthForm form,
      AuthorizationRequest asked,
      PresentedSession session,
      HttpServletResponse response) {
    List<WorkspaceView> own = whereItMayAsk(person, asked);
    if (own.isEmpty()) {
      throw Refusal.notFound().thrown();
    }
    Optional<WorkspaceView> here =
        own.stream()
            .filter(one -> person.tenant().filter(one.tenant()::equals).isPresent())
            .findFirst();
    if (here.isEmpty()) {
      return choice(call, form, asked, own, session);
    }
    if (!asked.isMetBy(person.signIn(), clock.instant())) {
      return Redirect.to(
          SignInLinks.stepUp(asked.demand().least(), asked.demand().maxAge(), back(form)),
          response);
    }
    letThemBeSent(asked, response);
    return pages.render(
        "consent",
        "A program asks for access",
        AuthorizationRequests.PATH,
        call,
        session,
        Map.of(
            "card",
            ConsentCard.of(asked, here.get()),
            "fields",
            fields(form),
            "path",
            AuthorizationRequests.PATH));
  }

  /** Their own tenants that it may ask for something in; none also where it is another tenant's. */
  private List<WorkspaceView> whereItMayAsk(Caller.Person person, AuthorizationRequest asked) {
    return workspaces.of(person.id()).stream()
        .filter(one -> one.state() == TenantState.ACTIVE)
        .filter(one -> asked.client().tenant().map(one.tenant()::equals).orElse(true))
        .toList();
  }

  private String choice(
      Call call,
      OAuthForm form,
      AuthorizationRequest asked,
      List<WorkspaceView> own,
      PresentedSession session) {
    return pages.render(
        "consent_place",
        "Choose a workspace",
        AuthorizationRequests.PATH,
        call,
        session,
        Map.of(
            "name",
            asked.client().name(),
            "workspaces",
            own.stream()
                .map(
                    one ->
                        new ConsentCard.Place(
                            one.tenant().toString(), one.name(), one.slug().text()))
                .toList(),
            "fields",
            fields(form),
            "path",
            AuthorizationRequests.PATH + "/workspace"));
  }

  /** Browsers hold the way on after a form against the policy of the page that it was on. */
  private static void letThemBeSent(AuthorizationRequest asked, HttpServletResponse response) {
    String policy = response.getHeader(POLICY);
    if (policy != null) {
      response.setHeader(
          POLICY, policy.replace(OWN_FORMS, OWN_FORMS + " " + asked.to().redirectUri().source()));
    }
  }

  private static Map<String, String> fields(OAuthForm form) {
    Map<String, String> fields = new LinkedHashMap<>();
    AuthorizationRequests.PARAMETERS.forEach(
        name -> form.find(name).ifPresent(value -> fields.put(name, value)));
    return fields;
  }

  private static ReturnPath back(OAuthForm form) {
    return AuthorizationRequests.back(form).orElseThrow();
  }

  /** Chooses the tenant, and comes back to the same request. */
  @PostMapping(path = AuthorizationRequests.PATH + "/workspace", produces = HTML)
  @Surface(
      summary = "Form: chooses the tenant in which a client asks for something.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.enter",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.TENANT_CLOSED, ProblemCode.INVALID_FIELD})
  Object choose(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @OAuthForm.Fields(
              of = AuthorizationFields.class,
              value = {"choice", "_csrf"},
              required = {"choice", "_csrf"})
          OAuthForm form,
      HttpServletRequest request,
      HttpServletResponse response) {
    requireOwn(request, "choice");
    return switch (requests.read(form, issuer(request))) {
      case Reading.Unfounded unfounded -> nowhere(call, request, unfounded, response);
      case Reading.Faulty(var to, var fault) -> Redirect.to(Answer.with(to, fault), response);
      case Reading.Good good ->
          WorkspacePages.moved(
              workspaces.enter(call, caller, session, choice(form)), back(form).text(), response);
    };
  }

  /** A form of ours: whoever sends more than it has believes that it does something. */
  private static void requireOwn(HttpServletRequest request, String more) {
    for (String name : request.getParameterMap().keySet()) {
      if (!AuthorizationRequests.PARAMETERS.contains(name)
          && !name.equals(more)
          && !name.equals("_csrf")) {
        throw Refusal.of(ProblemCode.UNKNOWN_FIELD).thrown();
      }
    }
  }

  private static TenantId choice(OAuthForm form) {
    try {
      return new TenantId(UUID.fromString(form.get("choice")));
    } catch (IllegalArgumentException noId) {
      throw Refusal.invalid("choice").thrown();
    }
  }

  /** The answer of the person, which is the client's answer too. */
  @PostMapping(path = AuthorizationRequests.PATH, produces = HTML)
  @Surface(
      summary = "Form: lets a client have what it asks for, or does not.",
      access = Access.TENANT,
      limit = "consent",
      action = "client_grant.consent",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED})
  Object answer(
      Call call,
      Caller.Person caller,
      @OAuthForm.Fields(
              of = AuthorizationFields.class,
              value = {"answer", "_csrf"},
              required = {"answer", "_csrf"})
          OAuthForm form,
      HttpServletRequest request,
      HttpServletResponse response) {
    requireOwn(request, "answer");
    return switch (requests.read(form, issuer(request))) {
      case Reading.Unfounded unfounded -> nowhere(call, request, unfounded, response);
      case Reading.Faulty(var to, var fault) -> Redirect.to(Answer.with(to, fault), response);
      case Reading.Good(var asked) -> answered(call, caller, form, asked, response);
    };
  }

  private Object answered(
      Call call,
      Caller.Person caller,
      OAuthForm form,
      AuthorizationRequest asked,
      HttpServletResponse response) {
    return switch (form.get("answer")) {
      case "deny" -> Redirect.to(Answer.with(asked.to(), RequestFault.ACCESS_DENIED), response);
      case "allow" ->
          asked.isMetBy(caller.signIn(), clock.instant())
              ? given(consents.give(call, caller, asked), asked, response)
              // It took them too long: the way leads past the sign-in again.
              : Redirect.to(back(form).text(), response);
      default -> throw Refusal.invalid("answer").thrown();
    };
  }

  private static Recorded<String> given(
      ConsentOutcome outcome, AuthorizationRequest asked, HttpServletResponse response) {
    return switch (outcome) {
      case ConsentOutcome.Given(var code) ->
          code.with(Redirect.to(Answer.with(asked.to(), code.body()), response));
      case ConsentOutcome.Elsewhere elsewhere -> throw Refusal.notFound().thrown();
      case ConsentOutcome.TooMany many -> throw Refusal.of(ProblemCode.QUOTA_REACHED).thrown();
      case ConsentOutcome.RoleChanged changed -> throw Refusal.of(ProblemCode.FORBIDDEN).thrown();
      case ConsentOutcome.Ended ended -> throw Refusal.of(ProblemCode.UNAUTHENTICATED).thrown();
    };
  }
}
