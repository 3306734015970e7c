package dev.cofferdam.server.secrets.web;

import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.protocol.secret.SecretName;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.secrets.Reference;
import dev.cofferdam.server.secrets.SecretFilter;
import dev.cofferdam.server.secrets.SecretView;
import dev.cofferdam.server.secrets.Secrets;
import dev.cofferdam.server.secrets.VersionView;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.IfMatch;
import dev.cofferdam.server.surface.Once;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Versioned;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The secrets of a project, as people see and change them: a value only goes in. */
@RestController
class SecretController {
  private static final int LONGEST_NOTE = 1000;
  private static final int MOST_DAYS = 3650;
  private static final String USUAL_FIELD = "value";

  private final Secrets secrets;

  SecretController(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * A new secret, which has no value yet.
   *
   * @param note what it is for; nothing secret
   * @param rotateAfterDays 1 to 3650, absent when nothing is to be said of that
   * @param reference to a value that lies elsewhere, absent when values are put here
   */
  record Wanted(
      String name,
      @Nullable String note,
      @Nullable Integer rotateAfterDays,
      @Nullable Elsewhere reference) {}

  /**
   * Where in the secret store of the platform, below what is the tenant's there.
   *
   * @param field of it, {@code value} when absent
   */
  record Elsewhere(String path, @Nullable String field) {}

  /**
   * What is said of a secret from now on.
   *
   * @param note absent for none
   * @param rotateAfterDays 1 to 3650, absent when it is never due
   */
  record Described(@Nullable String note, @Nullable Integer rotateAfterDays) {}

  @GetMapping("/v1/projects/{project}/secrets")
  @Surface(
      summary = "Lists the secrets of a project, without their values.",
      access = Access.TENANT,
      limit = "list",
      action = "secret.list",
      scope = TokenScope.PROJECTS_READ,
      emergency = true,
      problems = {ProblemCode.NOT_FOUND, ProblemCode.INVALID_FIELD})
  Page<SecretView> list(
      Caller caller,
      @PathVariable UUID project,
      @RequestParam(required = false) @Nullable String state,
      PageRequest page) {
    SecretFilter filter =
        state == null
            ? SecretFilter.LIVE
            : SecretFilter.of(state).orElseThrow(() -> Refusal.invalid("state").thrown());
    return Answers.of(secrets.list(caller, new ProjectId(project), filter, page));
  }

  @PostMapping("/v1/projects/{project}/secrets")
  @Surface(
      summary = "Makes a secret, which has no value yet.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.create",
      created = "/v1/projects/{project_id}/secrets/{name}",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.FORBIDDEN,
        ProblemCode.CONFLICT,
        ProblemCode.INVALID_FIELD,
        ProblemCode.NAME_TAKEN,
        ProblemCode.QUOTA_REACHED
      })
  Recorded<Versioned<SecretView>> create(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      Once once,
      @RequestBody Wanted body) {
    SecretName name =
        SecretName.of(body.name()).orElseThrow(() -> Refusal.invalid("name").thrown());
    return Answers.of(
        secrets.create(
            call,
            caller,
            new ProjectId(project),
            name,
            note(body.note()),
            days(body.rotateAfterDays()),
            reference(body.reference()),
            once));
  }

  @GetMapping("/v1/projects/{project}/secrets/{name}")
  @Surface(
      summary = "Reads what is known of a secret, without its value.",
      access = Access.TENANT,
      limit = "read",
      action = "secret.view",
      scope = TokenScope.PROJECTS_READ,
      emergency = true,
      problems = ProblemCode.NOT_FOUND)
  Versioned<SecretView> show(Caller caller, @PathVariable UUID project, @PathVariable String name) {
    return Answers.of(secrets.show(caller, new ProjectId(project), Answers.name(name)));
  }

  @PatchMapping("/v1/projects/{project}/secrets/{name}")
  @Surface(
      summary = "Changes the note of a secret, and when its value is due.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.describe",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.FORBIDDEN,
        ProblemCode.CONFLICT,
        ProblemCode.INVALID_FIELD,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<Versioned<SecretView>> describe(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @PathVariable String name,
      IfMatch read,
      @RequestBody Described body) {
    return Answers.of(
        secrets.describe(
            call,
            caller,
            new ProjectId(project),
            Answers.name(name),
            note(body.note()),
            days(body.rotateAfterDays()),
            read));
  }

  /** The value itself is the body, so that no text is made of it on its way. */
  @PutMapping(
      path = "/v1/projects/{project}/secrets/{name}/value",
      consumes = "application/octet-stream")
  @Surface(
      summary = "Puts a new version of a secret: the bytes of the body.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.put",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.FORBIDDEN,
        ProblemCode.CONFLICT,
        ProblemCode.PRECONDITION_FAILED
      })
  Recorded<Versioned<SecretView>> put(
      Call call,
      Caller.Person caller,
      @PathVariable UUID project,
      @PathVariable String name,
      IfMatch read,
      @RequestBody byte[] value) {
    try {
      if (value.length > SealedSecret.LONGEST_VALUE) {
        throw Refusal.of(ProblemCode.TOO_LARGE).thrown();
      }
      return Answers.of(
          secrets.put(call, caller, new ProjectId(project), Answers.name(name), value, read));
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  @GetMapping("/v1/projects/{project}/secrets/{name}/versions")
  @Surface(
      summary = "Lists the versions of a secret that are kept, without their values.",
      access = Access.TENANT,
      limit = "list",
      action = "secret.view",
      scope = TokenScope.PROJECTS_READ,
      emergency = true,
      problems = ProblemCode.NOT_FOUND)
  Page<VersionView> versions(
      Caller caller, @PathVariable UUID project, @PathVariable String name, PageRequest page) {
    return Answers.of(secrets.versions(caller, new ProjectId(project), Answers.name(name), page));
  }

  @DeleteMapping("/v1/projects/{project}/secrets/{name}")
  @Surface(
      summary = "Deletes a secret so that it can be restored; no node gets it any more.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.delete",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.CONFLICT})
  Recorded<Versioned<SecretView>> delete(
      Call call, Caller.Person caller, @PathVariable UUID project, @PathVariable String name) {
    return Answers.of(secrets.delete(call, caller, new ProjectId(project), Answers.name(name)));
  }

  @PostMapping("/v1/projects/{project}/secrets/{name}/restore")
  @Surface(
      summary = "Restores a deleted secret with its versions and grants.",
      access = Access.TENANT,
      limit = "change",
      action = "secret.restore",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.CONFLICT})
  Recorded<Versioned<SecretView>> restore(
      Call call, Caller.Person caller, @PathVariable UUID project, @PathVariable String name) {
    return Answers.of(secrets.restore(call, caller, new ProjectId(project), Answers.name(name)));
  }

  @PostMapping("/v1/projects/{project}/secrets/{name}/purge")
  @Surface(
      summary = "Destroys a deleted secret for good, with all its versions.",
      access = Access.TENANT,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "secret.purge",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.FORBIDDEN, ProblemCode.CONFLICT})
  Recorded<SecretView> purge(
      Call call, Caller.Person caller, @PathVariable UUID project, @PathVariable String name) {
    return Answers.of(secrets.purge(call, caller, new ProjectId(project), Answers.name(name)));
  }

  private static @Nullable Reference reference(@Nullable Elsewhere wanted) {
    return wanted == null
        ? null
        : Reference.of(wanted.path(), Objects.requireNonNullElse(wanted.field(), USUAL_FIELD))
            .orElseThrow(() -> Refusal.invalid("reference").thrown());
  }

  private static String note(@Nullable String text) {
    String note = Objects.requireNonNullElse(text, "");
    if (note.length() > LONGEST_NOTE || note.indexOf('\0') >= 0) {
      throw Refusal.invalid("note").thrown();
    }
    return note;
  }

  private static @Nullable Integer days(@Nullable Integer days) {
    if (days != null && (days < 1 || days > MOST_DAYS)) {
      throw Refusal.invalid("rotate_after_days").thrown();
    }
    return days;
  }
}
