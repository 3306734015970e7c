package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.SessionCookie;
import dev.cofferdam.server.identity.emergency.Emergencies;
import dev.cofferdam.server.identity.emergency.EmergencyOpening;
import dev.cofferdam.server.operations.OperatedTenants;
import dev.cofferdam.server.operations.Operation;
import dev.cofferdam.server.operations.SignOffWatch;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.tenancy.StatedReason;
import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.tenancy.TenantListing;
import dev.cofferdam.server.tenancy.TenantState;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tenants, for whoever runs the platform. */
@RestController
class OperatorPages {
  private static final String HTML = "text/html;charset=UTF-8";

  private final Pages pages;
  private final OperatedTenants tenants;
  private final Emergencies emergencies;
  private final SignOffWatch signOff;

  OperatorPages(
      Pages pages, OperatedTenants tenants, Emergencies emergencies, SignOffWatch signOff) {
    this.pages = pages;
    this.tenants = tenants;
    this.emergencies = emergencies;
    this.signOff = signOff;
  }

  /**
   * The tenants, a page of them.
   *
   * @param after the id of the last one of the page before
   */
  @GetMapping(path = "/operator", produces = HTML)
  @Surface(
      summary = "Page: the tenants of the platform, for operators.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "tenant.list",
      sensitive = true)
  String list(
      Call call,
      PresentedSession session,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String slug,
      @RequestParam(required = false) @Nullable UUID after) {
    Optional<TenantState> only =
        Arrays.stream(TenantState.values()).filter(one -> Words.of(one).equals(state)).findFirst();
    Page<TenantListing> found =
        slug.isBlank()
            ? tenants.list(
                new PageRequest(PageRequest.USUAL, after == null ? null : after.toString()), only)
            : new Page<>(tenants.named(slug.strip()).stream().toList(), null);
    String last = found.last();
    return pages.render(
        "operator",
        "Tenants",
        "/operator",
        call,
        session,
        Map.of(
            "tenants",
            found.items().stream().map(OperatorPages::line).toList(),
            "states",
            Arrays.stream(TenantState.values()).map(Words::of).toList(),
            "state",
            only.map(Words::of).orElse(""),
            "slug",
            slug,
            "after",
            last == null ? "" : last,
            "standing",
            signOff.seen().standing().told(),
            "drifted",
            !signOff.seen().standing().drifted().isEmpty()));
  }

  @GetMapping(path = "/operator/tenants/{tenant}", produces = HTML)
  @Surface(
      summary = "Page: what an operator may know of one tenant.",
      access = Access.OPERATOR,
      assurance = Assurance.MULTI_FACTOR,
      limit = "operate",
      action = "tenant.inspect",
      sensitive = true)
  String read(Call call, PresentedSession session, @PathVariable UUID tenant) {
    OperatedLine line = found(tenant);
    return pages.render(
        "operator_tenant", line.name(), "/operator", call, session, Map.of("tenant", line));
  }

  @GetMapping(path = "/operator/tenants/{tenant}/suspend", produces = HTML)
  @Surface(
      summary = "Page: asks whether a tenant is to be suspended.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "tenant.inspect",
      sensitive = true)
  String askToSuspend(Call call, PresentedSession session, @PathVariable UUID tenant) {
    return ask(call, session, tenant, "suspend", "");
  }

  @GetMapping(path = "/operator/tenants/{tenant}/resume", produces = HTML)
  @Surface(
      summary = "Page: asks whether a tenant is to be resumed.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "tenant.inspect",
      sensitive = true)
  String askToResume(Call call, PresentedSession session, @PathVariable UUID tenant) {
    return ask(call, session, tenant, "resume", "");
  }

  @PostMapping(path = "/operator/tenants/{tenant}/suspend", produces = HTML)
  @Surface(
      summary = "Form: suspends a tenant.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "tenant.suspend")
  Object suspend(
      Call call,
      PresentedSession session,
      @PathVariable UUID tenant,
      @RequestParam String reason,
      HttpServletResponse response) {
    return StatedReason.of(reason.strip())
        .<Object>map(why -> answered(tenants.suspend(new TenantId(tenant), why), response))
        .orElseGet(() -> again(call, session, tenant, "suspend", reason, response));
  }

  @PostMapping(path = "/operator/tenants/{tenant}/resume", produces = HTML)
  @Surface(
      summary = "Form: resumes a suspended tenant.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "tenant.resume")
  Object resume(
      Call call,
      PresentedSession session,
      @PathVariable UUID tenant,
      @RequestParam String reason,
      HttpServletResponse response) {
    return StatedReason.of(reason.strip())
        .<Object>map(why -> answered(tenants.resume(new TenantId(tenant), why), response))
        .orElseGet(() -> again(call, session, tenant, "resume", reason, response));
  }

  @GetMapping(path = "/operator/tenants/{tenant}/emergency", produces = HTML)
  @Surface(
      summary = "Page: asks for the reason of an emergency access.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "tenant.inspect",
      sensitive = true)
  String askToBreakTheGlass(Call call, PresentedSession session, @PathVariable UUID tenant) {
    return ask(call, session, tenant, "emergency", "");
  }

  @PostMapping(path = "/operator/tenants/{tenant}/emergency", produces = HTML)
  @Surface(
      summary = "Form: breaks the glass to read in one tenant for a while.",
      access = Access.OPERATOR,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "operate",
      action = "emergency.open",
      problems = {ProblemCode.CONFLICT, ProblemCode.TENANT_CLOSED})
  Object breakTheGlass(
      Call call,
      Caller.Operator caller,
      PresentedSession session,
      @PathVariable UUID tenant,
      @RequestParam String reason,
      HttpServletResponse response) {
    return StatedReason.of(reason.strip())
        .<Object>map(
            why ->
                entered(
                    emergencies.open(call, caller, session, new TenantId(tenant), why), response))
        .orElseGet(() -> again(call, session, tenant, "emergency", reason, response));
  }

  private static Recorded<String> entered(EmergencyOpening opening, HttpServletResponse response) {
    return switch (opening) {
      case EmergencyOpening.Opened(var handle, var emergency) -> {
        response.addHeader(HttpHeaders.SET_COOKIE, SessionCookie.of(handle).toString());
        yield emergency.with(Redirect.to("/home", response));
      }
      case EmergencyOpening.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private String again(
      Call call,
      PresentedSession session,
      UUID tenant,
      String act,
      String reason,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return ask(call, session, tenant, act, reason);
  }

  private String ask(
      Call call, PresentedSession session, UUID tenant, String act, String rejected) {
    OperatedLine line = found(tenant);
    return pages.render(
        "operator_act",
        line.name(),
        "/operator",
        call,
        session,
        Map.of("tenant", line, "act", act, "rejected", rejected));
  }

  private OperatedLine found(UUID tenant) {
    return tenants
        .find(new TenantId(tenant))
        .map(OperatorPages::line)
        .orElseThrow(() -> Refusal.notFound().thrown());
  }

  private static Recorded<String> answered(Operation operation, HttpServletResponse response) {
    return switch (operation) {
      case Operation.Done(Recorded<TenantListing> tenant) ->
          tenant.with(Redirect.to("/operator/tenants/" + tenant.body().tenant(), response));
      case Operation.NoWay way -> throw Refusal.of(ProblemCode.CONFLICT).thrown();
      case Operation.Unknown unknown -> throw Refusal.notFound().thrown();
    };
  }

  private static OperatedLine line(TenantListing listing) {
    return new OperatedLine(
        listing.tenant().toString(),
        listing.slug().text(),
        listing.name(),
        Words.of(listing.state()),
        Words.of(listing.placement()),
        listing.placementFailure().orElse(""),
        listing.createdAt().toString(),
        Words.of(listing.createdAt()),
        listing.changedAt().toString(),
        Words.of(listing.changedAt()));
  }
}
