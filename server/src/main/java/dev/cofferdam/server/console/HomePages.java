package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.TenantCard;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.TenantProfile;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tenant that one works in. */
@RestController
class HomePages {
  private final Pages pages;
  private final TenantCard card;

  HomePages(Pages pages, TenantCard card) {
    this.pages = pages;
    this.card = card;
  }

  @GetMapping(path = "/home", produces = "text/html;charset=UTF-8")
  @Surface(access = Access.TENANT, limit = "read", action = "tenant.read")
  String home(Call call, Caller.Person caller, PresentedSession session) {
    TenantProfile profile = card.read();
    String role = caller.workspace().map(Workspace::role).map(Words::of).orElse("a member");
    return pages.render(
        "home",
        profile.name(),
        "/home",
        call,
        session,
        Map.of(
            "card",
            new HomeCard(
                profile.tenant().toString(),
                profile.slug().text(),
                profile.name(),
                Words.of(profile.state()),
                role,
                profile.createdAt().toString(),
                Words.of(profile.createdAt()))));
  }
}
