package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.oauth.authorization.ClientGrantChange;
import dev.cofferdam.server.oauth.authorization.ClientGrantId;
import dev.cofferdam.server.oauth.authorization.ClientGrantView;
import dev.cofferdam.server.oauth.authorization.ClientGrants;
import dev.cofferdam.server.surface.Access;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What people let clients have in the tenant that one works in. No token gets here. */
@RestController
class ClientGrantController {
  private final ClientGrants grants;

  ClientGrantController(ClientGrants grants) {
    this.grants = grants;
  }

  /**
   * What a client has, without what it is shown by.
   *
   * @param client its {@code client_id}
   * @param usedAt when it last renewed what it has
   * @param expiresAt when it ends unless it is used before
   * @param endsAt when it ends in any case
   */
  record Body(
      UUID id,
      String client,
      String name,
      UUID personId,
      List<String> scopes,
      Instant createdAt,
      Instant usedAt,
      Instant expiresAt,
      Instant endsAt) {

    static Body of(ClientGrantView view) {
      return new Body(
          view.id().value(),
          view.client().value(),
          view.name(),
          view.person().value(),
          view.scopes(),
          view.createdAt(),
          view.usedAt(),
          view.expiresAt(),
          view.endsAt());
    }
  }

  @GetMapping("/v1/client-grants")
  @Surface(
      summary = "Lists what one lets clients have in the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "client_grant.list")
  Page<Body> list(Caller.Person caller, PageRequest page) {
    return bodies(grants.list(caller, page));
  }

  /** Ends one: what its client has is refused everywhere within a second. */
  @DeleteMapping("/v1/client-grants/{grant}")
  @Surface(
      summary = "Ends what one lets a client have.",
      access = Access.TENANT,
      limit = "change",
      action = "client_grant.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<Body> end(Call call, Caller.Person caller, @PathVariable UUID grant) {
    return ended(grants.end(call, caller, new ClientGrantId(grant)));
  }

  @GetMapping("/v1/members/{person}/client-grants")
  @Surface(
      summary = "Lists what a member lets clients have in the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "member_client_grant.list",
      problems = ProblemCode.NOT_FOUND)
  Page<Body> listOf(@PathVariable UUID person, PageRequest page) {
    return bodies(
        grants.list(new PersonId(person), page).orElseThrow(() -> Refusal.notFound().thrown()));
  }

  @DeleteMapping("/v1/members/{person}/client-grants/{grant}")
  @Surface(
      summary = "Ends what a member lets a client have.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "member_client_grant.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<Body> endOf(
      Call call, Caller.Person caller, @PathVariable UUID person, @PathVariable UUID grant) {
    return ended(grants.end(call, caller, new PersonId(person), new ClientGrantId(grant)));
  }

  private static Page<Body> bodies(Page<ClientGrantView> found) {
    return new Page<>(found.items().stream().map(Body::of).toList(), found.last());
  }

  private static Recorded<Body> ended(ClientGrantChange change) {
    return switch (change) {
      case ClientGrantChange.Ended(var grant) -> grant.with(Body.of(grant.body()));
      case ClientGrantChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case ClientGrantChange.Denied(var reason) -> throw reason.refusal().thrown();
    };
  }
}
