package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.TenantCard;
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
import dev.cofferdam.server.tenancy.TenantProfile;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The end of a tenant, from its home page. */
@RestController
class DeletionPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String ASK = "/tenant/delete";
  private static final String AGREE = "/tenant/delete/agree";
  private static final String OTHER_NAME = "That is not this tenant's short name.";

  private final Pages pages;
  private final TenantCard card;
  private final Closings closings;

  DeletionPages(Pages pages, TenantCard card, Closings closings) {
    this.pages = pages;
    this.card = card;
    this.closings = closings;
  }

  @GetMapping(path = ASK, produces = HTML)
  @Surface(
      summary = "Page: what deleting the tenant would do.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "read",
      action = "tenant.read")
  String form(Call call, Caller.Person caller, PresentedSession session) {
    return page(call, caller, session, ASK, "", null);
  }

  @GetMapping(path = AGREE, produces = HTML)
  @Surface(
      summary = "Page: what agreeing to the deletion of the tenant would do.",
      access = Access.TENANT,
      roles = Role.OWNER,
      limit = "read",
      action = "tenant.read")
  String agreement(Call call, Caller.Person caller, PresentedSession session) {
    return page(call, caller, session, AGREE, "", null);
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      String path,
      String typed,
      @Nullable String wrong) {
    TenantProfile profile = card.read();
    Map<String, Object> model = new HashMap<>();
    model.put("form", new DeletionForm(profile.name(), profile.slug().text(), typed, wrong));
    model.put("path", path);
    closings
        .current()
        .map(closing -> ClosingCard.of(closing, caller))
        .ifPresent(there -> model.put("closing", there));
    // In the navigation it belongs to the home page, which leads here.
    return pages.render("deletion", "Delete the tenant", "/home/delete", call, session, model);
  }

  /** Has it deleted; the page comes again, with what was wrong, when that cannot be. */
  @PostMapping(path = ASK, produces = HTML)
  @Surface(
      summary = "Form: asks for the deletion of the tenant.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "tenant.delete",
      problems = ProblemCode.CONFLICT)
  Object schedule(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String slug,
      HttpServletResponse response) {
    ClosingChange change = closings.schedule(call, caller, slug.strip());
    if (change instanceof ClosingChange.OtherName) {
      response.setStatus(ProblemCode.INVALID_FIELD.status());
      return page(call, caller, session, ASK, slug, OTHER_NAME);
    }
    return answered(change, response);
  }

  /** Agrees to it; the page comes again where something else was typed. */
  @PostMapping(path = AGREE, produces = HTML)
  @Surface(
      summary = "Form: agrees, as another owner, to the deletion of the tenant.",
      access = Access.TENANT,
      roles = Role.OWNER,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "change",
      action = "tenant.agree_to_delete",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.CONFLICT})
  Object agree(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String slug,
      HttpServletResponse response) {
    ClosingChange change = closings.agree(call, caller, slug.strip());
    if (change instanceof ClosingChange.OtherName) {
      response.setStatus(ProblemCode.INVALID_FIELD.status());
      return page(call, caller, session, AGREE, slug, OTHER_NAME);
    }
    return answered(change, response);
  }

  @PostMapping(path = "/tenant/keep", produces = HTML)
  @Surface(
      summary = "Form: calls the deletion of the tenant off.",
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
      case ClosingChange.Agreed(var closing) -> closing.with(Redirect.to("/home", response));
      case ClosingChange.CalledOff(var closing) -> closing.with(Redirect.to("/home", response));
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
