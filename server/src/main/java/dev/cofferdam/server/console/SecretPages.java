package dev.cofferdam.server.console;

import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.authz.ProjectView;
import dev.cofferdam.server.authz.Projects;
import dev.cofferdam.server.authz.Shown;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.secrets.Reference;
import dev.cofferdam.server.secrets.SecretChange;
import dev.cofferdam.server.secrets.SecretFilter;
import dev.cofferdam.server.secrets.SecretView;
import dev.cofferdam.server.secrets.Secrets;
import dev.cofferdam.server.surface.Access;
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
import dev.cofferdam.server.surface.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The secrets of the projects of the tenant that one works in; no value is ever on a page. */
@RestController
class SecretPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/secrets";
  private static final String OF_PROJECT = PATH + "/{project}";
  private static final String TITLE = "Secrets";
  private static final Set<String> WRITING = Set.of("writer", "manager");
  private static final int LONGEST_NOTE = 1000;

  private final Pages pages;
  private final Projects projects;
  private final Secrets secrets;
  private final Clock clock;

  SecretPages(Pages pages, Projects projects, Secrets secrets, Clock clock) {
    this.pages = pages;
    this.projects = projects;
    this.secrets = secrets;
    this.clock = clock;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: the projects whose secrets the caller may see.",
      access = Access.TENANT,
      limit = "list",
      action = "project.list")
  String projects(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    Page<ProjectView> found =
        seen(
            projects.list(
                caller,
                new PageRequest(PageRequest.USUAL, after == null ? null : after.toString())));
    return pages.render(
        "secret_projects",
        TITLE,
        PATH,
        call,
        session,
        Map.of(
            "projects",
            found.items(),
            "next",
            found.last() == null ? "" : PATH + "?after=" + found.last()));
  }

  @GetMapping(path = OF_PROJECT, produces = HTML)
  @Surface(
      summary = "Page: the secrets of a project, without their values.",
      access = Access.TENANT,
      limit = "list",
      action = "secret.list",
      problems = ProblemCode.NOT_FOUND)
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID project,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String after) {
    SecretFilter filter =
        SecretFilter.of(Objects.requireNonNullElse(state, SecretFilter.LIVE.label()))
            .orElseThrow(() -> Refusal.notFound().thrown());
    return page(call, caller, session, project, filter, after, "", "");
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      UUID project,
      SecretFilter filter,
      @Nullable String after,
      String name,
      String wrong) {
    ProjectId id = new ProjectId(project);
    ProjectView shown = seen(projects.show(caller, id)).body();
    Page<SecretView> found =
        seen(secrets.list(caller, id, filter, new PageRequest(PageRequest.USUAL, after)));
    String path = PATH + "/" + project;
    return pages.render(
        "secrets",
        TITLE,
        PATH,
        call,
        session,
        Map.of(
            "path",
            path,
            "project",
            shown,
            "state",
            filter.label(),
            "secrets",
            found.items().stream().map(this::line).toList(),
            "writer",
            writes(caller, shown),
            "name",
            name,
            "wrong",
            wrong,
            "next",
            found.last() == null
                ? ""
                : path + "?state=" + filter.label() + "&after=" + found.last()));
  }

  /** Whether forms are shown; what they do is decided by the policies when it is done. */
  private static boolean writes(Caller.Person caller, ProjectView project) {
    boolean auditor =
        caller.workspace().map(Workspace::role).filter(Role.AUDITOR::equals).isPresent();
    return WRITING.contains(project.relation()) && project.state().equals("active") && !auditor;
  }

  private SecretLine line(SecretView one) {
    Instant due = one.dueAt();
    boolean isDue = due != null && !due.isAfter(clock.instant());
    Reference reference = one.reference();
    boolean isElsewhere = reference != null;
    String version =
        reference != null
            ? "Its value lies in the secret store, at " + reference.path() + "."
            : one.version() == 0 ? "It has no value yet." : "Version " + one.version() + ".";
    return new SecretLine(
        one.name(),
        one.note(),
        one.deletedAt() != null
            ? "deleted"
            : isDue ? "due" : one.version() == 0 && !isElsewhere ? "empty" : "live",
        due == null ? version : version + " To be replaced by " + Words.of(due) + ".",
        one.valuedAt() == null ? null : one.valuedAt().toString(),
        one.valuedAt() == null ? null : Words.of(one.valuedAt()),
        ETag.ofVersion(one.revision()).value(),
        one.deletedAt() != null,
        isElsewhere);
  }

  /** Makes a secret; the page comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = OF_PROJECT, produces = HTML)
  @Surface(
      summary = "Form: makes a secret, which has no value yet.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.create",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.CONFLICT})
  Object make(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID project,
      @RequestParam String name,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(required = false) @Nullable Integer days,
      HttpServletResponse response) {
    Optional<SecretName> wanted = SecretName.of(name);
    if (wanted.isEmpty() || note.length() > LONGEST_NOTE || days != null && !isTerm(days)) {
      return again(
          call,
          caller,
          session,
          project,
          name,
          "Write a name such as db-password: a lower-case letter, then letters, digits, - and _.",
          response);
    }
    SecretChange<Versioned<SecretView>> made =
        secrets.create(
            call, caller, new ProjectId(project), wanted.get(), note, days, null, Once.unkeyed());
    return switch (made) {
      case SecretChange.NameTaken<?> taken ->
          again(
              call,
              caller,
              session,
              project,
              name,
              "The project has one of this name, maybe a deleted one.",
              response);
      case SecretChange.TooMany<?> many ->
          again(
              call,
              caller,
              session,
              project,
              name,
              "There are as many secrets as there may be. Purge one first.",
              response);
      case SecretChange.Done<Versioned<SecretView>> done -> on(project, done, response);
      case SecretChange.Denied<?> denied -> throw refusal(denied);
      case SecretChange.Unknown<?> unknown -> throw refusal(unknown);
      case SecretChange.Outdated<?> outdated -> throw refusal(outdated);
      case SecretChange.NotInThisState<?> other -> throw refusal(other);
      case SecretChange.NoStore<?> none -> throw refusal(none);
    };
  }

  private static boolean isTerm(int days) {
    return days >= 1 && days <= 3650;
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      UUID project,
      String name,
      String wrong,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, project, SecretFilter.LIVE, null, name, wrong);
  }

  @PostMapping(path = OF_PROJECT + "/value", produces = HTML)
  @Surface(
      summary = "Form: puts a new version of a secret.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.put",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.FORBIDDEN,
        ProblemCode.CONFLICT,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<String> put(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @RequestParam String secret,
      @RequestParam String version,
      @RequestParam String value,
      HttpServletResponse response) {
    IfMatch read =
        IfMatch.ofHeader("\"" + version + "\"").orElseThrow(() -> Refusal.notFound().thrown());
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    try {
      return answered(
          project,
          secrets.put(call, caller, new ProjectId(project), named(secret), bytes, read),
          response);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @PostMapping(path = OF_PROJECT + "/delete", produces = HTML)
  @Surface(
      summary = "Form: deletes a secret so that it can be restored.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.delete",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.CONFLICT})
  Recorded<String> delete(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @RequestParam String secret,
      HttpServletResponse response) {
    return answered(
        project, secrets.delete(call, caller, new ProjectId(project), named(secret)), response);
  }

  @PostMapping(path = OF_PROJECT + "/restore", produces = HTML)
  @Surface(
      summary = "Form: restores a deleted secret.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.restore",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.CONFLICT})
  Recorded<String> restore(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @RequestParam String secret,
      HttpServletResponse response) {
    return answered(
        project, secrets.restore(call, caller, new ProjectId(project), named(secret)), response);
  }

  private static SecretName named(String text) {
    return SecretName.of(text).orElseThrow(() -> Refusal.notFound().thrown());
  }

  private static <T> Recorded<String> answered(
      UUID project, SecretChange<T> change, HttpServletResponse response) {
    if (change instanceof SecretChange.Done<T> done) {
      return on(project, done, response);
    }
    throw refusal(change);
  }

  private static <T> Recorded<String> on(
      UUID project, SecretChange.Done<T> done, HttpServletResponse response) {
    return done.answer().with(Redirect.to(PATH + "/" + project, response));
  }

  private static RuntimeException refusal(SecretChange<?> change) {
    return switch (change) {
      case SecretChange.Done<?> done -> new IllegalStateException("it was done");
      case SecretChange.Denied<?> denied -> denied.reason().refusal().thrown();
      case SecretChange.Unknown<?> unknown -> Refusal.notFound().because("not_visible").thrown();
      case SecretChange.Outdated<?> outdated ->
          Refusal.of(ProblemCode.PRECONDITION_FAILED).thrown();
      case SecretChange.NameTaken<?> taken -> Refusal.of(ProblemCode.NAME_TAKEN).thrown();
      case SecretChange.TooMany<?> many -> Refusal.of(ProblemCode.QUOTA_REACHED).thrown();
      case SecretChange.NotInThisState<?> other -> Refusal.of(ProblemCode.CONFLICT).thrown();
      case SecretChange.NoStore<?> none -> Refusal.invalid("reference").thrown();
    };
  }

  private static <T> T seen(Shown<T> shown) {
    return switch (shown) {
      case Shown.Seen<T> seen -> seen.thing();
      case Shown.Hidden<T> hidden -> throw hidden.reason().refusal().thrown();
    };
  }
}
