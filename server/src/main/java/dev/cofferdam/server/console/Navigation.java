package dev.cofferdam.server.console;

import dev.cofferdam.server.authz.Action;
import dev.cofferdam.server.authz.Authorization;
import dev.cofferdam.server.authz.Decision;
import dev.cofferdam.server.authz.Facts;
import dev.cofferdam.server.authz.Matter;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.tenancy.TenantId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The pages that somebody may open, by the policies that decide when they do. */
@Component
final class Navigation {
  private final Authorization authorization;
  private final Clock clock;

  Navigation(Authorization authorization, Clock clock) {
    this.authorization = authorization;
    this.clock = clock;
  }

  List<Frame.Link> of(Caller caller) {
    if (caller instanceof Caller.Operator) {
      return List.of(
          new Frame.Link("/operator", "Tenants"), new Frame.Link("/sessions", "Sessions"));
    }
    List<Frame.Link> links = new ArrayList<>();
    Optional<TenantId> tenant = caller.tenant();
    if (tenant.isPresent()) {
      links.add(new Frame.Link("/home", "Home"));
      if (may(caller, tenant.get(), Action.VIEW_AUDIT)) {
        links.add(new Frame.Link("/audit", "Audit log"));
      }
      if (caller instanceof Caller.Visitor) {
        links.add(new Frame.Link("/sessions", "Sessions"));
        return links;
      }
      if (may(caller, tenant.get(), Action.VIEW_TENANT)) {
        links.add(new Frame.Link("/secrets", "Secrets"));
        links.add(new Frame.Link("/domains", "Domains"));
        links.add(new Frame.Link("/tokens", "Tokens"));
        links.add(new Frame.Link("/client-grants", "Programs"));
      }
      // Who has them, where that is theirs to know, is in the log too.
      if (may(caller, tenant.get(), Action.VIEW_AUDIT)) {
        links.add(new Frame.Link("/service-tokens", "Service tokens"));
        links.add(new Frame.Link("/service-clients", "Service clients"));
        links.add(new Frame.Link("/clients", "Clients"));
      }
      // How people sign in is for the same eyes as what they did.
      if (may(caller, tenant.get(), Action.VIEW_AUDIT)) {
        links.add(new Frame.Link("/identity-providers", "Providers"));
        links.add(new Frame.Link("/trusted-issuers", "Trusted issuers"));
      }
      if (may(caller, tenant.get(), Action.VIEW_NODES)) {
        links.add(new Frame.Link("/nodes", "Nodes"));
      }
      if (may(caller, tenant.get(), Action.VIEW_GROUPS)) {
        links.add(new Frame.Link("/groups", "Groups"));
      }
      if (may(caller, tenant.get(), Action.VIEW_PEOPLE)) {
        links.add(new Frame.Link("/members", "Members"));
        links.add(new Frame.Link("/invites", "Invites"));
      }
    }
    links.add(new Frame.Link("/workspaces", "Workspaces"));
    links.add(new Frame.Link("/sessions", "Sessions"));
    return links;
  }

  private boolean may(Caller caller, TenantId tenant, Action action) {
    Facts facts = Facts.of(caller, action, tenant, new Matter.OnTenant(), clock.instant());
    return authorization.decide(facts) instanceof Decision.Permitted;
  }
}
