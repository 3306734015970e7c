package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.EmergencyId;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.emergency.Emergencies;
import dev.cofferdam.server.identity.emergency.EmergencyEnding;
import dev.cofferdam.server.identity.emergency.EmergencyOpening;
import dev.cofferdam.server.identity.emergency.EmergencyView;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.PersonId;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Break-glass, from both sides. */
@RestController
class EmergencyController {
  private final Emergencies emergencies;

  EmergencyController(Emergencies emergencies) {
    this.emergencies = emergencies;
  }

  /** Why, as the tenant's people will read it. */
  record Cause(String reason) {}

  /**
   * That an operator reads, or has read, in the tenant.
   *
   * @param expiresAt when it is over in any case
   * @param endedAt when it was ended before its time
   * @param endedBy the operator or an owner
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EmergencyBody(
      UUID id,
      UUID operatorId,
      String reason,
      Instant openedAt,
      Instant expiresAt,
      @Nullable Instant endedAt,
      @Nullable UUID endedBy) {
    static EmergencyBody of(EmergencyView view) {
      return new EmergencyBody(
          view.id().value(),
          view.operator().value(),
          view.reason(),
          view.openedAt(),
          view.expiresAt(),
          view.endedAt().orElse(null),
          view.endedBy().map(PersonId::value).orElse(null));
    }
  }

  /**
   * Breaks the glass: the answer sets a session that reads in the tenant, and the one before ends.
   */
  @PostMapping("/v1/operator/tenants/{tenant}/emergency")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Breaks the glass to read in one tenant for a while.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "emergency.open",
      problems = {
        ProblemCode.NOT_FOUND,
        ProblemCode.CONFLICT,
        ProblemCode.INVALID_FIELD,
        ProblemCode.TENANT_CLOSED
      })
  Recorded<EmergencyBody> open(
      Call call,
      Caller.Operator caller,
      PresentedSession presented,
      @PathVariable UUID tenant,
      @RequestBody Cause cause,
      HttpServletResponse response) {
    StatedReason reason =
        StatedReason.of(cause.reason()).orElseThrow(() -> Refusal.invalid("reason").thrown());
    return switch (emergencies.open(call, caller, presented, new TenantId(tenant), reason)) {
      case EmergencyOpening.Opened(var handle, Recorded<EmergencyView> emergency) -> {
        response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.of(handle).toString());
        yield emergency.with(EmergencyBody.of(emergency.body()));
      }
      case EmergencyOpening.Refused refused -> throw refused.refusal().thrown();
    };
  }

  /** Who of the operators reads or has read in the tenant, the newest first. */
  @GetMapping("/v1/tenant/emergencies")
  @Surface(
      summary = "Lists operators' emergency accesses to the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "emergency.list")
  Page<EmergencyBody> list(PageRequest page) {
    Page<EmergencyView> found = emergencies.list(page);
    return new Page<>(found.items().stream().map(EmergencyBody::of).toList(), found.last());
  }

  /** Has the operator read no more, within a second. */
  @DeleteMapping("/v1/tenant/emergencies/{emergency}")
  @Surface(
      summary = "Ends an operator's emergency access to the tenant.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "change",
      action = "emergency.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<EmergencyBody> end(Call call, Caller.Person caller, @PathVariable UUID emergency) {
    return switch (emergencies.end(call, caller, new EmergencyId(emergency))) {
      case EmergencyEnding.Ended(Recorded<EmergencyView> ended) ->
          ended.with(EmergencyBody.of(ended.body()));
      case EmergencyEnding.Unknown unknown -> throw Refusal.notFound().thrown();
      case EmergencyEnding.Denied(var reason) -> throw reason.refusal().thrown();
    };
  }
}
