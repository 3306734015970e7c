package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.EmergencyId;
import dev.cofferdam.server.identity.emergency.Emergencies;
import dev.cofferdam.server.identity.emergency.EmergencyEnding;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An owner's end to what an operator reads. That there is one stands on the home page. */
@RestController
class EmergencyPages {
  private final Emergencies emergencies;

  EmergencyPages(Emergencies emergencies) {
    this.emergencies = emergencies;
  }

  @PostMapping(path = "/emergencies/end", produces = "text/html;charset=UTF-8")
  @Surface(
      summary = "Form: ends an operator's emergency access to the tenant.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "change",
      action = "emergency.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> end(
      Call call, Caller.Person caller, @RequestParam UUID emergency, HttpServletResponse response) {
    return switch (emergencies.end(call, caller, new EmergencyId(emergency))) {
      case EmergencyEnding.Ended(var ended) -> ended.with(Redirect.to("/home", response));
      case EmergencyEnding.Unknown unknown -> throw Refusal.notFound().thrown();
      case EmergencyEnding.Denied(var reason) -> throw reason.refusal().thrown();
    };
  }
}
