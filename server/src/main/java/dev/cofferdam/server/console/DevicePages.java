package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.ReturnPath;
import dev.cofferdam.server.identity.SignInLinks;
import dev.cofferdam.server.identity.WorkspaceView;
import dev.cofferdam.server.identity.Workspaces;
import dev.cofferdam.server.oauth.Issuer;
import dev.cofferdam.server.oauth.authorization.SignInDemand;
import dev.cofferdam.server.oauth.device.DeviceAnswers;
import dev.cofferdam.server.oauth.device.DeviceRequests;
import dev.cofferdam.server.oauth.device.TypedCodes;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where a person types the code that a program shows, sees which program asks, from where and for
 * what, and allows it or does not. No address has a code in it: whoever is sent a link has still to
 * read a code off a device, and to type it.
 */
@RestController
class DevicePages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/device";
  private static final ReturnPath BACK = new ReturnPath(PATH);
  private static final String TITLE = "A program on another device";

  private final Pages pages;
  private final TypedCodes codes;
  private final DeviceAnswers answers;
  private final Workspaces workspaces;
  private final Clock clock;

  DevicePages(
      Pages pages, TypedCodes codes, DeviceAnswers answers, Workspaces workspaces, Clock clock) {
    this.pages = pages;
    this.codes = codes;
    this.answers = answers;
    this.workspaces = workspaces;
    this.clock = clock;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: where one types the code that a program on another device shows.",
      access = Access.ANYONE,
      limit = "consent",
      action = "device.come",
      problems = {ProblemCode.FORBIDDEN, ProblemCode.PERSON_REQUIRED})
  String come(Call call, HttpServletRequest request, HttpServletResponse response) {
    if (call.caller() instanceof Caller.Person person) {
      PresentedSession session = PresentedSession.of(request);
      return here(person)
          .map(here -> form(call, here, session, FieldFault.NONE))
          .orElseGet(() -> choice(call, own(person), session));
    }
    if (call.caller() instanceof Caller.Anonymous) {
      return Redirect.to(SignInLinks.signIn(BACK), response);
    }
    throw Refusal.of(
            call.caller() instanceof Caller.SignedIn
                ? ProblemCode.FORBIDDEN
                : ProblemCode.PERSON_REQUIRED)
        .because("kind_of_caller")
        .thrown();
  }

  private List<WorkspaceView> own(Caller.Person person) {
    return workspaces.of(person.id()).stream()
        .filter(one -> one.state() == TenantState.ACTIVE)
        .toList();
  }

  private Optional<WorkspaceView> here(Caller.Person person) {
    return own(person).stream()
        .filter(one -> person.tenant().filter(one.tenant()::equals).isPresent())
        .findFirst();
  }

  private String form(Call call, WorkspaceView here, PresentedSession session, FieldFault fault) {
    return pages.render(
        "device", TITLE, PATH, call, session, Map.of("tenant", here.name(), "fault", fault));
  }

  private String choice(Call call, List<WorkspaceView> own, PresentedSession session) {
    return pages.render(
        "consent_place",
        "Choose a workspace",
        PATH,
        call,
        session,
        Map.of(
            "name",
            "the program",
            "workspaces",
            own.stream()
                .map(
                    one ->
                        new ConsentCard.Place(
                            one.tenant().toString(), one.name(), one.slug().text()))
                .toList(),
            "fields",
            Map.of(),
            "path",
            PATH + "/workspace"));
  }

  /** Chooses the tenant, and comes back to type the code: nothing is kept of it meanwhile. */
  @PostMapping(path = PATH + "/workspace", produces = HTML)
  @Surface(
      summary = "Form: chooses the tenant in which a program on another device may act.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.enter",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.TENANT_CLOSED})
  Recorded<String> choose(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam UUID choice,
      HttpServletResponse response) {
    return WorkspacePages.moved(
        workspaces.enter(call, caller, session, new TenantId(choice)), PATH, response);
  }

  @PostMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Form: shows which program has this code, and what it asks.",
      access = Access.TENANT,
      limit = "user-code",
      action = "device.open",
      problems = ProblemCode.NOT_FOUND)
  String open(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String code,
      HttpServletRequest request,
      HttpServletResponse response) {
    WorkspaceView here = here(caller).orElseThrow(() -> Refusal.notFound().thrown());
    return switch (codes.look(call, caller, code, issuer(request))) {
      case TypedCodes.Found(var asked) -> put(call, caller, session, here, asked, code, response);
      case TypedCodes.Unknown unknown -> again(call, here, session, response);
      case TypedCodes.TooMany(var wait) ->
          throw Refusal.of(ProblemCode.RATE_LIMITED).after(wait).thrown();
    };
  }

  private static Issuer issuer(HttpServletRequest request) {
    return new Issuer(OwnOrigin.of(request));
  }

  private String put(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      WorkspaceView here,
      DeviceRequests.Waiting asked,
      String code,
      HttpServletResponse response) {
    Optional<TenantId> only = asked.client().tenant().filter(one -> !one.equals(here.tenant()));
    if (only.isPresent()) {
      List<WorkspaceView> there =
          own(caller).stream().filter(one -> one.tenant().equals(only.get())).toList();
      return there.isEmpty() ? again(call, here, session, response) : choice(call, there, session);
    }
    Instant now = clock.instant();
    return asked.isMetBy(caller.signIn(), now)
        ? pages.render(
            "device_asks",
            TITLE,
            PATH,
            call,
            session,
            Map.of("card", DeviceCard.of(asked, here, call.address(), now), "code", code.strip()))
        : proof(call, session, asked);
  }

  /** They sign in first, and come back to type the code: nothing is kept of it meanwhile. */
  private String proof(Call call, PresentedSession session, DeviceRequests.Waiting asked) {
    SignInDemand missing = asked.missing();
    return pages.render(
        "device_proof",
        TITLE,
        PATH,
        call,
        session,
        Map.of(
            "name",
            asked.client().name(),
            "token",
            asked.token().isPresent(),
            "stepUp",
            SignInLinks.stepUp(missing.least(), missing.maxAge(), BACK)));
  }

  private String again(
      Call call, WorkspaceView here, PresentedSession session, HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return form(
        call,
        here,
        session,
        new FieldFault(
            "No program waits with this code. It may be mistyped, answered, or too old.", "code"));
  }

  @PostMapping(path = PATH + "/answer", produces = HTML)
  @Surface(
      summary = "Form: lets a program on another device have what it asks, or does not.",
      access = Access.TENANT,
      limit = "user-code",
      action = "device.answer",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID_FIELD,
        ProblemCode.INSUFFICIENT_USER_AUTHENTICATION
      })
  Object answer(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String code,
      @RequestParam String answer,
      HttpServletRequest request,
      HttpServletResponse response) {
    WorkspaceView here = here(caller).orElseThrow(() -> Refusal.notFound().thrown());
    boolean allowed =
        switch (answer) {
          case "allow" -> true;
          case "deny" -> false;
          default -> throw Refusal.invalid("answer").thrown();
        };
    return switch (codes.look(call, caller, code, issuer(request))) {
      case TypedCodes.Found(var asked) ->
          answered(
              answers.answer(call, caller, asked, allowed), asked, call, here, session, response);
      case TypedCodes.Unknown unknown -> again(call, here, session, response);
      case TypedCodes.TooMany(var wait) ->
          throw Refusal.of(ProblemCode.RATE_LIMITED).after(wait).thrown();
    };
  }

  private Object answered(
      DeviceAnswers.Outcome outcome,
      DeviceRequests.Waiting asked,
      Call call,
      WorkspaceView here,
      PresentedSession session,
      HttpServletResponse response) {
    return switch (outcome) {
      case DeviceAnswers.Answered(var allowed) ->
          allowed.with(Redirect.to(PATH + "/answered", response));
      case DeviceAnswers.Gone gone -> again(call, here, session, response);
      case DeviceAnswers.Elsewhere elsewhere -> throw Refusal.notFound().thrown();
      case DeviceAnswers.RoleChanged changed -> throw Refusal.of(ProblemCode.FORBIDDEN).thrown();
      case DeviceAnswers.Weak weak -> weak(call, session, asked, response);
      case DeviceAnswers.TooOften(var wait) ->
          throw Refusal.of(ProblemCode.RATE_LIMITED).after(wait).thrown();
      case DeviceAnswers.Ended ended -> throw Refusal.of(ProblemCode.UNAUTHENTICATED).thrown();
    };
  }

  /** A token is refused as on its own page; of all else it is said what is missing. */
  private String weak(
      Call call,
      PresentedSession session,
      DeviceRequests.Waiting asked,
      HttpServletResponse response) {
    if (asked.token().isPresent()) {
      throw Refusal.stepUp(Assurance.RECENT_MULTI_FACTOR).because("assurance").thrown();
    }
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return proof(call, session, asked);
  }

  @GetMapping(path = PATH + "/answered", produces = HTML)
  @Surface(
      summary = "Page: the answer is with the program.",
      access = Access.PERSON,
      limit = "session",
      action = "device.done")
  String done(Call call, Caller.Person caller, PresentedSession session) {
    return pages.render("device_answered", TITLE, PATH, call, session, Map.of());
  }
}
