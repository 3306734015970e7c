package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.closing.ClosingChange;
import dev.cofferdam.server.identity.closing.ClosingView;
import dev.cofferdam.server.identity.closing.Closings;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The end of the tenant that one works in, and its call-off. */
@RestController
class DeletionController {
  private final Closings closings;

  DeletionController(Closings closings) {
    this.closings = closings;
  }

  /** The short name of the tenant, typed to show that this one is meant. */
  record Confirmed(String slug) {}

  /** That the tenant is to be deleted. */
  record DeletionBody(
      UUID requestedBy,
      Instant requestedAt,
      @Nullable UUID agreedBy,
      @Nullable Instant agreedAt,
      @Nullable Instant dueAt) {
    static DeletionBody of(ClosingView view) {
      return new DeletionBody(
          view.requestedBy().value(),
          view.requestedAt(),
          view.agreed().map(agreed -> agreed.by().value()).orElse(null),
          view.agreed().map(ClosingView.Agreement::at).orElse(null),
          view.dueAt().orElse(null));
    }
  }

  @GetMapping("/v1/tenant/deletion")
  @Surface(
      summary = "Reads whether the tenant is to be deleted, and when.",
      access = Access.TENANT,
      limit = "read",
      action = "tenant.read",
      problems = ProblemCode.NOT_FOUND)
  DeletionBody read() {
    return closings.current().map(DeletionBody::of).orElseThrow(() -> Refusal.notFound().thrown());
  }

  @PostMapping("/v1/tenant/deletion")
  @Surface(
      summary =
          "Asks for the deletion of the tenant; where there are other owners one has to agree.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "tenant.delete",
      created = "/v1/tenant/deletion",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.CONFLICT})
  Recorded<DeletionBody> schedule(
      Call call, Caller.Person caller, @RequestBody Confirmed confirmed) {
    return answered(closings.schedule(call, caller, confirmed.slug()));
  }

  @PostMapping("/v1/tenant/deletion/agree")
  @Surface(
      summary = "Agrees, as another owner, to the deletion of the tenant.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "tenant.agree_to_delete",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.NOT_FOUND, ProblemCode.CONFLICT})
  Recorded<DeletionBody> agree(Call call, Caller.Person caller, @RequestBody Confirmed confirmed) {
    return answered(closings.agree(call, caller, confirmed.slug()));
  }

  @DeleteMapping("/v1/tenant/deletion")
  @Surface(
      summary = "Calls the deletion of the tenant off.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "change",
      action = "tenant.keep",
      problems = ProblemCode.NOT_FOUND)
  Recorded<DeletionBody> callOff(Call call, Caller.Person caller) {
    return answered(closings.callOff(call, caller));
  }

  private static Recorded<DeletionBody> answered(ClosingChange change) {
    return switch (change) {
      case ClosingChange.Scheduled(var closing) -> closing.with(DeletionBody.of(closing.body()));
      case ClosingChange.Agreed(var closing) -> closing.with(DeletionBody.of(closing.body()));
      case ClosingChange.CalledOff(var closing) -> closing.with(DeletionBody.of(closing.body()));
      case ClosingChange.Before before -> throw Refusal.of(ProblemCode.CONFLICT).thrown();
      case ClosingChange.Own own -> throw Refusal.of(ProblemCode.CONFLICT).because("own").thrown();
      case ClosingChange.NewOwner late ->
          throw Refusal.of(ProblemCode.CONFLICT).because("new_owner").thrown();
      case ClosingChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case ClosingChange.OtherName other -> throw Refusal.invalid("slug").thrown();
      case ClosingChange.Denied(var reason) -> throw reason.refusal().thrown();
    };
  }
}
