package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.closing.ClosingChange;
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
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The end of a tenant, from its home page. */
@RestController
class DeletionPages {
  private static final String HTML = "text/html;charset=UTF-8";

  private final Closings closings;

  DeletionPages(Closings closings) {
    this.closings = closings;
  }

  @PostMapping(path = "/tenant/delete", produces = HTML)
  @Surface(
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "tenant.delete",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.CONFLICT})
  Recorded<String> schedule(
      Call call, Caller.Person caller, @RequestParam String slug, HttpServletResponse response) {
    return answered(closings.schedule(call, caller, slug.strip()), response);
  }

  @PostMapping(path = "/tenant/keep", produces = HTML)
  @Surface(
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "change",
      action = "tenant.keep",
      problems = {ProblemCode.NOT_FOUND})
  Recorded<String> callOff(Call call, Caller.Person caller, HttpServletResponse response) {
    return answered(closings.callOff(call, caller), response);
  }

  private static Recorded<String> answered(ClosingChange change, HttpServletResponse response) {
    return switch (change) {
      case ClosingChange.Scheduled(var closing) -> closing.with(Redirect.to("/home", response));
      case ClosingChange.CalledOff(var closing) -> closing.with(Redirect.to("/home", response));
      case ClosingChange.Before before -> throw Refusal.of(ProblemCode.CONFLICT).thrown();
      case ClosingChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case ClosingChange.OtherName other -> throw Refusal.invalid("slug").thrown();
      case ClosingChange.Denied(var reason) -> throw reason.refusal().thrown();
    };
  }
}
