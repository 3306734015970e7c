package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.TenantCard;
import dev.cofferdam.server.identity.closing.Closings;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.TenantProfile;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tenant that one works in. */
@RestController
class HomePages {
  private final Pages pages;
  private final TenantCard card;
  private final Closings closings;

  HomePages(Pages pages, TenantCard card, Closings closings) {
    this.pages = pages;
    this.card = card;
    this.closings = closings;
  }

  @GetMapping(path = "/home", produces = "text/html;charset=UTF-8")
  @Surface(access = Access.TENANT, limit = "read", action = "tenant.read")
  String home(Call call, Caller.Person caller, PresentedSession session) {
    TenantProfile profile = card.read();
    String role = caller.workspace().map(Workspace::role).map(Words::of).orElse("a member");
    Map<String, Object> model = new HashMap<>();
    closings
        .current()
        .ifPresent(
            view ->
                model.put(
                    "closing", new ClosingCard(view.dueAt().toString(), Words.of(view.dueAt()))));
    model.put(
        "owner", caller.workspace().map(Workspace::role).filter(Role.OWNER::equals).isPresent());
    model.put(
        "card",
        new HomeCard(
            profile.tenant().toString(),
            profile.slug().text(),
            profile.name(),
            Words.of(profile.state()),
            role,
            profile.createdAt().toString(),
            Words.of(profile.createdAt())));
    return pages.render("home", profile.name(), "/home", call, session, model);
  }
}
