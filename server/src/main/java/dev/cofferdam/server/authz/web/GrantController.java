package dev.cofferdam.server.authz.web;

import dev.cofferdam.server.authz.GrantView;
import dev.cofferdam.server.authz.Grantee;
import dev.cofferdam.server.authz.Grants;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.authz.Relation;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who has which relation to a project. Any member may ask; the policies decide. */
@RestController
class GrantController {
  private final Grants grants;

  GrantController(Grants grants) {
    this.grants = grants;
  }

  /** What somebody is to be: {@code reader}, {@code writer} or {@code manager}. */
  record Given(String relation) {}

  @GetMapping("/v1/projects/{project}/grants")
  @Surface(
      summary = "Lists who is granted what on a project.",
      access = Access.TENANT,
      limit = "list",
      action = "grant.list",
      scope = TokenScope.PROJECTS_READ,
      emergency = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN})
  Page<GrantView> list(Caller caller, @PathVariable UUID project, PageRequest page) {
    return Answers.of(grants.list(caller, new ProjectId(project), page));
  }

  @PutMapping("/v1/projects/{project}/grants/{kind}/{subject}")
  @Surface(
      summary = "Grants a person or a group a relation to a project.",
      access = Access.TENANT,
      limit = "change",
      action = "grant.give",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.FORBIDDEN,
        ProblemCode.CONFLICT,
        ProblemCode.INVALID_FIELD
      })
  Recorded<GrantView> give(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @PathVariable String kind,
      @PathVariable UUID subject,
      @RequestBody Given body) {
    Relation relation =
        Relation.granted(body.relation()).orElseThrow(() -> Refusal.invalid("relation").thrown());
    return Answers.of(
        grants.give(call, caller, new ProjectId(project), grantee(kind, subject), relation));
  }

  @DeleteMapping("/v1/projects/{project}/grants/{kind}/{subject}")
  @Surface(
      summary = "Takes a grant on a project away.",
      access = Access.TENANT,
      limit = "change",
      action = "grant.take",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN})
  Recorded<GrantView> take(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @PathVariable String kind,
      @PathVariable UUID subject) {
    return Answers.of(grants.take(call, caller, new ProjectId(project), grantee(kind, subject)));
  }

  private static Grantee grantee(String kind, UUID subject) {
    return Grantee.of(kind, subject).orElseThrow(() -> Refusal.notFound().thrown());
  }
}
