package dev.cofferdam.server.authz.web;

import dev.cofferdam.server.authz.GivenName;
import dev.cofferdam.server.authz.Matter.State;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.authz.ProjectView;
import dev.cofferdam.server.authz.Projects;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Versioned;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The projects of the tenant that one works in, as far as one may see them. */
@RestController
class ProjectController {
  private final Projects projects;

  ProjectController(Projects projects) {
    this.projects = projects;
  }

  /** What a new project is to be called. */
  record Named(String name) {}

  /**
   * What a project is to be from now on.
   *
   * @param name absent when it stays
   * @param state {@code active} or {@code archived}, absent when it stays
   */
  record Changed(@Nullable String name, @Nullable String state) {}

  @GetMapping("/v1/projects")
  @Surface(
      summary = "Lists the projects of the tenant that the caller may see.",
      access = Access.TENANT,
      limit = "list",
      action = "project.list",
      scope = TokenScope.PROJECTS_READ,
      emergency = true)
  Page<ProjectView> list(Caller caller, PageRequest page) {
    return Answers.of(projects.list(caller, page));
  }

  @PostMapping("/v1/projects")
  @Surface(
      summary = "Creates a project.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "project.create",
      created = "/v1/projects/{id}",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.NAME_TAKEN})
  Recorded<Versioned<ProjectView>> create(
      Call call, Caller.Person caller, Once once, @RequestBody Named body) {
    return Answers.of(projects.create(call, caller, Answers.name(body.name()), once));
  }

  @GetMapping("/v1/projects/{project}")
  @Surface(
      summary = "Reads one project.",
      access = Access.TENANT,
      limit = "read",
      action = "project.view",
      scope = TokenScope.PROJECTS_READ,
      emergency = true,
      problems = ProblemCode.NOT_FOUND)
  Versioned<ProjectView> show(Caller caller, @PathVariable UUID project) {
    return Answers.of(projects.show(caller, new ProjectId(project)));
  }

  @PatchMapping("/v1/projects/{project}")
  @Surface(
      summary = "Renames, archives or reopens a project.",
      access = Access.TENANT,
      limit = "change",
      action = "project.change",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.FORBIDDEN,
        ProblemCode.INVALID_FIELD,
        ProblemCode.NAME_TAKEN,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<Versioned<ProjectView>> change(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      IfMatch read,
      @RequestBody Changed body) {
    @Nullable GivenName name = body.name() == null ? null : Answers.name(body.name());
    return Answers.of(
        projects.change(call, caller, new ProjectId(project), name, state(body.state()), read));
  }

  private static @Nullable State state(@Nullable String text) {
    return text == null
        ? null
        : Arrays.stream(State.values())
            .filter(state -> state.label().equals(text))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("state").thrown());
  }
}
