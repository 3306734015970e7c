package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.SignUp;
import dev.cofferdam.server.identity.SignUpOutcome;
import dev.cofferdam.server.identity.WorkspaceChange;
import dev.cofferdam.server.identity.WorkspaceView;
import dev.cofferdam.server.identity.Workspaces;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantName;
import dev.cofferdam.server.tenancy.TenantState;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Choosing a workspace, and founding a tenant. */
@RestController
class WorkspacePages {
  private static final String HTML = "text/html;charset=UTF-8";

  private final Pages pages;
  private final Workspaces workspaces;
  private final SignUp signUp;

  WorkspacePages(Pages pages, Workspaces workspaces, SignUp signUp) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.signUp = signUp;
  }

  @GetMapping(path = "/workspaces", produces = HTML)
  @Surface(
      summary = "Page: the tenants that one can work in.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.list")
  String list(Call call, Caller.Person caller, PresentedSession session) {
    return page(call, caller, session, Founding.EMPTY);
  }

  private String page(
      Call call, Caller.Person caller, PresentedSession session, Founding founding) {
    return pages.render(
        "workspaces",
        "Workspaces",
        "/workspaces",
        call,
        session,
        Map.of(
            "workspaces",
            workspaces.of(caller.id()).stream().map(one -> line(one, caller)).toList(),
            "founding",
            founding));
  }

  private static WorkspaceLine line(WorkspaceView one, Caller.Person caller) {
    return new WorkspaceLine(
        one.tenant().toString(),
        one.slug().text(),
        one.name(),
        Words.of(one.state()),
        Words.of(one.role()),
        caller.tenant().filter(one.tenant()::equals).isPresent(),
        one.state() == TenantState.ACTIVE,
        one.state() == TenantState.PROVISIONING);
  }

  /** Founds a tenant; the page comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = "/workspaces", produces = HTML)
  @Surface(
      summary = "Form: founds a tenant.",
      access = Access.PERSON,
      limit = "sign-up",
      action = "tenant.create")
  Object found(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String slug,
      @RequestParam String name,
      HttpServletResponse response) {
    Optional<TenantName> called = TenantName.of(name);
    if (called.isEmpty()) {
      return again(
          call,
          caller,
          session,
          new Founding(
              slug,
              name,
              "A name has 1 to 100 visible characters and no space at its ends.",
              "name"),
          response);
    }
    return switch (signUp.found(call, caller, slug, called.get(), Once.unkeyed())) {
      // To its line in the list, which says how far it is.
      case SignUpOutcome.Founded(var tenant) ->
          tenant.with(Redirect.to("/workspaces#tenant-" + tenant.body().slug(), response));
      case SignUpOutcome.SlugTaken taken ->
          again(
              call,
              caller,
              session,
              new Founding(
                  slug,
                  name,
                  "That short name is taken, or could be confused with one that is.",
                  "slug"),
              response);
      case SignUpOutcome.AddressNotAllowed no ->
          throw Refusal.of(ProblemCode.ADDRESS_NOT_ALLOWED).thrown();
      case SignUpOutcome.TooMany many -> throw Refusal.of(ProblemCode.QUOTA_REACHED).thrown();
      case SignUpOutcome.SlugRefused refused ->
          again(
              call,
              caller,
              session,
              new Founding(slug, name, "That cannot be a short name.", "slug"),
              response);
    };
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      Founding founding,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, founding);
  }

  @PostMapping(path = "/workspaces/enter", produces = HTML)
  @Surface(
      summary = "Form: chooses the tenant that the session works in.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.enter",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.TENANT_CLOSED})
  Recorded<String> enter(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam UUID choice,
      HttpServletResponse response) {
    return moved(workspaces.enter(call, caller, session, new TenantId(choice)), "/home", response);
  }

  @PostMapping(path = "/workspaces/leave", produces = HTML)
  @Surface(
      summary = "Form: leaves the workspace.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.leave")
  Recorded<String> leave(
      Call call, Caller.Person caller, PresentedSession session, HttpServletResponse response) {
    return moved(workspaces.leave(call, caller, session), "/workspaces", response);
  }

  /** On to {@code next} in the tenant, or the refusal. */
  static Recorded<String> moved(WorkspaceChange change, String next, HttpServletResponse response) {
    return switch (change) {
      case WorkspaceChange.Moved(var handle, var moved) -> {
        response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.of(handle).toString());
        yield moved.with(Redirect.to(next, response));
      }
      case WorkspaceChange.NotAMember none -> throw Refusal.notFound().thrown();
      case WorkspaceChange.TooWeak(var required) ->
          throw Refusal.stepUp(Assurance.of(required)).because("sign_in_policy").thrown();
      case WorkspaceChange.Closed closed -> throw Refusal.of(ProblemCode.TENANT_CLOSED).thrown();
      case WorkspaceChange.Ended ended -> throw Refusal.of(ProblemCode.UNAUTHENTICATED).thrown();
    };
  }
}
