package dev.cofferdam.server.nodes.web;

import dev.cofferdam.server.identity.OwnOrigin;
import dev.cofferdam.server.nodes.Registration;
import dev.cofferdam.server.nodes.RegistrationAnswer;
import dev.cofferdam.server.nodes.Registrations;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Surface;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where machines become nodes. */
@RestController
class RegistrationController {
  private final Registrations registrations;

  RegistrationController(Registrations registrations) {
    this.registrations = registrations;
  }

  /**
   * A machine that is to be a node.
   *
   * @param statement a JWS in compact form, as docs/design/nodes.md describes it
   */
  record Wanted(String statement) {}

  /** The node that it is. There is nothing secret in it. */
  record Body(UUID nodeId, UUID tenantId, String name, Instant registeredAt) {}

  /** The same keys with the same token get the same answer again: an answer that was lost. */
  @PostMapping("/v1/nodes/register")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Makes a machine a node, by its bootstrap token and with its own keys.",
      access = Access.ANYONE,
      limit = "register",
      action = "node.register",
      problems = {
        ProblemCode.INVALID_FIELD,
        ProblemCode.INVALID_TOKEN,
        ProblemCode.GONE,
        ProblemCode.TENANT_CLOSED,
        ProblemCode.NAME_TAKEN,
        ProblemCode.CONFLICT,
        ProblemCode.QUOTA_REACHED
      })
  Recorded<Body> register(Call call, HttpServletRequest request, @RequestBody Wanted wanted) {
    return switch (registrations.register(call, OwnOrigin.of(request), wanted.statement())) {
      case RegistrationAnswer.Registered(Recorded<Registration> made) ->
          made.with(body(made.body()));
      case RegistrationAnswer.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private static Body body(Registration made) {
    return new Body(made.node().value(), made.tenant().value(), made.name(), made.registeredAt());
  }
}
