package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.TenantCard;
import dev.cofferdam.server.identity.closing.Closings;
import dev.cofferdam.server.identity.emergency.Emergencies;
import dev.cofferdam.server.identity.emergency.EmergencyView;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.TenantProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tenant that one works in. */
@RestController
class HomePages {
  private final Pages pages;
  private final TenantCard card;
  private final Closings closings;
  private final Emergencies emergencies;

  HomePages(Pages pages, TenantCard card, Closings closings, Emergencies emergencies) {
    this.pages = pages;
    this.card = card;
    this.closings = closings;
    this.emergencies = emergencies;
  }

  @GetMapping(path = "/home", produces = "text/html;charset=UTF-8")
  @Surface(
      summary = "Page: the tenant that the session works in.",
      access = Access.TENANT,
      limit = "read",
      action = "tenant.read",
      emergency = true)
  String home(Call call, Caller.SignedIn caller, PresentedSession session) {
    TenantProfile profile = card.read();
    Optional<Role> role = role(caller);
    Map<String, Object> model = new HashMap<>();
    closings
        .current()
        .map(closing -> ClosingCard.of(closing, caller))
        .ifPresent(there -> model.put("closing", there));
    model.put("owner", role.filter(Role.OWNER::equals).isPresent());
    model.put("visitor", caller instanceof Caller.Visitor);
    model.put("emergencies", emergencies.open().stream().map(HomePages::line).toList());
    model.put(
        "card",
        new HomeCard(
            profile.tenant().toString(),
            profile.slug().text(),
            profile.name(),
            Words.of(profile.state()),
            role.map(Words::of).orElse("an operator, who only reads"),
            profile.createdAt().toString(),
            Words.of(profile.createdAt())));
    return pages.render("home", profile.name(), "/home", call, session, model);
  }

  private static Optional<Role> role(Caller caller) {
    return caller instanceof Caller.Person person
        ? person.workspace().map(Workspace::role)
        : Optional.empty();
  }

  private static EmergencyLine line(EmergencyView view) {
    return new EmergencyLine(
        view.id().toString(),
        view.operator().toString(),
        view.reason(),
        view.expiresAt().toString(),
        Words.of(view.expiresAt()));
  }
}
