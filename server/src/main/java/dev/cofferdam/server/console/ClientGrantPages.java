package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.PresentedSession;
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
import dev.cofferdam.server.surface.Workspace;
import dev.cofferdam.server.tenancy.PersonId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people let programs have in the tenant that one works in. */
@RestController
class ClientGrantPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/client-grants";
  private static final String OF_MEMBER = "/members/{person}/client-grants";

  private final Pages pages;
  private final ClientGrants grants;
  private final MemberProfiles profiles;

  ClientGrantPages(Pages pages, ClientGrants grants, MemberProfiles profiles) {
    this.pages = pages;
    this.grants = grants;
    this.profiles = profiles;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: what one lets programs have in the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "client_grant.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    return page(call, session, PATH, "", grants.list(caller, asked(after)), true);
  }

  @GetMapping(path = OF_MEMBER, produces = HTML)
  @Surface(
      summary = "Page: what a member lets programs have in the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "member_client_grant.list",
      problems = ProblemCode.NOT_FOUND)
  String listOf(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID person,
      @RequestParam(required = false) @Nullable UUID after) {
    PersonId member = new PersonId(person);
    Page<ClientGrantView> found =
        grants.list(member, asked(after)).orElseThrow(() -> Refusal.notFound().thrown());
    boolean auditor =
        caller.workspace().map(Workspace::role).filter(Role.AUDITOR::equals).isPresent();
    return page(
        call,
        session,
        path(person),
        Words.called(profiles.of(List.of(member)).get(member), member),
        found,
        !auditor);
  }

  private static String path(UUID person) {
    return OF_MEMBER.replace("{person}", person.toString());
  }

  private static PageRequest asked(@Nullable UUID after) {
    return new PageRequest(PageRequest.USUAL, after == null ? null : after.toString());
  }

  /**
   * @param called whose they are, or empty for one's own
   * @param ends whether the reader may try to end them: the policies decide when the form comes
   */
  private String page(
      Call call,
      PresentedSession session,
      String path,
      String called,
      Page<ClientGrantView> found,
      boolean ends) {
    return pages.render(
        "client_grants",
        "Programs",
        path,
        call,
        session,
        Map.of(
            "path",
            path,
            "called",
            called,
            "grants",
            found.items().stream().map(ClientGrantPages::line).toList(),
            "ends",
            ends,
            "next",
            found.last() == null ? "" : path + "?after=" + found.last()));
  }

  private static ClientGrantLine line(ClientGrantView one) {
    return new ClientGrantLine(
        one.id().toString(),
        one.name(),
        one.client().value(),
        String.join(", ", one.scopes()),
        one.createdAt().toString(),
        Words.of(one.createdAt()),
        one.usedAt().toString(),
        Words.of(one.usedAt()),
        one.expiresAt().toString(),
        Words.of(one.expiresAt()));
  }

  @PostMapping(path = PATH + "/end", produces = HTML)
  @Surface(
      summary = "Form: ends what one lets a program have.",
      access = Access.TENANT,
      limit = "change",
      action = "client_grant.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> end(
      Call call, Caller.Person caller, @RequestParam UUID grant, HttpServletResponse response) {
    return ended(grants.end(call, caller, new ClientGrantId(grant)), PATH, response);
  }

  @PostMapping(path = OF_MEMBER + "/end", produces = HTML)
  @Surface(
      summary = "Form: ends what a member lets a program have.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "member_client_grant.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> endOf(
      Call call,
      Caller.Person caller,
      @PathVariable UUID person,
      @RequestParam UUID grant,
      HttpServletResponse response) {
    return ended(
        grants.end(call, caller, new PersonId(person), new ClientGrantId(grant)),
        path(person),
        response);
  }

  private static Recorded<String> ended(
      ClientGrantChange change, String path, HttpServletResponse response) {
    return switch (change) {
      case ClientGrantChange.Ended(var gone) -> gone.with(Redirect.to(path, response));
      case ClientGrantChange.Unknown unknown -> throw Refusal.notFound().thrown();
      case ClientGrantChange.Denied(var reason) -> throw reason.refusal().thrown();
    };
  }
}
