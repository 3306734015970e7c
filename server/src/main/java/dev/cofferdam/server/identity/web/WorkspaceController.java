package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.WorkspaceChange;
import dev.cofferdam.server.identity.WorkspaceView;
import dev.cofferdam.server.identity.Workspaces;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantState;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The tenants of a person, and the one that the session works in. Choosing one is the one request
 * of the API that names a tenant: it is checked against the caller's own, and answered with a new
 * cookie.
 */
@RestController
class WorkspaceController {
  private final Workspaces workspaces;

  WorkspaceController(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  /** Which one to work in. */
  record Choice(UUID tenantId) {}

  /**
   * A tenant of one's own.
   *
   * @param current whether the session works in it
   */
  record Listed(
      UUID tenantId, String slug, String name, String state, String role, boolean current) {}

  /** Where the session works now. */
  record Chosen(Optional<UUID> tenantId, Optional<String> role) {}

  @GetMapping("/v1/workspaces")
  @Surface(
      summary = "Lists the tenants that the caller can work in.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.list")
  Page<Listed> list(Caller.Person caller) {
    return new Page<>(
        workspaces.of(caller.id()).stream().map(one -> listed(one, caller)).toList(), null);
  }

  @PutMapping("/v1/session/workspace")
  @Surface(
      summary = "Chooses the tenant that the session works in.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.enter",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.CONFLICT,
        ProblemCode.INSUFFICIENT_USER_AUTHENTICATION
      })
  Recorded<Chosen> choose(
      Call call,
      Caller.Person caller,
      PresentedSession presented,
      @RequestBody Choice choice,
      HttpServletResponse response) {
    return answered(
        workspaces.enter(call, caller, presented, new TenantId(choice.tenantId())), response);
  }

  @DeleteMapping("/v1/session/workspace")
  @Surface(
      summary = "Leaves the workspace: the session works in no tenant.",
      access = Access.PERSON,
      limit = "session",
      action = "workspace.leave")
  Recorded<Chosen> leave(
      Call call, Caller.Person caller, PresentedSession presented, HttpServletResponse response) {
    return answered(workspaces.leave(call, caller, presented), response);
  }

  private static Recorded<Chosen> answered(WorkspaceChange change, HttpServletResponse response) {
    return switch (change) {
      case WorkspaceChange.Moved(var handle, Recorded<Optional<Workspace>> moved) -> {
        response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.of(handle).toString());
        Optional<Workspace> workspace = moved.body();
        yield moved.with(
            new Chosen(
                workspace.map(in -> in.tenant().value()),
                workspace.map(in -> Names.of(in.role()))));
      }
      case WorkspaceChange.NotAMember none -> throw Refusal.notFound().thrown();
      case WorkspaceChange.TooWeak(var required) ->
          throw Refusal.stepUp(Assurance.of(required)).because("sign_in_policy").thrown();
      case WorkspaceChange.Closed(TenantState state) -> throw closed(state).thrown();
      case WorkspaceChange.Ended ended -> throw Refusal.of(ProblemCode.UNAUTHENTICATED).thrown();
    };
  }

  private static Refusal closed(TenantState state) {
    return state == TenantState.PROVISIONING
        ? Refusal.of(ProblemCode.CONFLICT)
        : Refusal.of(ProblemCode.TENANT_CLOSED).because(Names.of(state));
  }

  private static Listed listed(WorkspaceView one, Caller.Person caller) {
    return new Listed(
        one.tenant().value(),
        one.slug().text(),
        one.name(),
        Names.of(one.state()),
        Names.of(one.role()),
        caller.tenant().filter(one.tenant()::equals).isPresent());
  }
}
