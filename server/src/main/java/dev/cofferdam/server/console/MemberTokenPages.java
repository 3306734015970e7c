package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.MemberProfiles;
import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.token.MemberTokens;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenId;
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

/** The tokens of one of the members, for those who look after the tenant. */
@RestController
class MemberTokenPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/members/{person}/tokens";

  private final Pages pages;
  private final TokenList list;
  private final MemberTokens tokens;
  private final MemberProfiles profiles;

  MemberTokenPages(Pages pages, TokenList list, MemberTokens tokens, MemberProfiles profiles) {
    this.pages = pages;
    this.list = list;
    this.tokens = tokens;
    this.profiles = profiles;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: a member's own tokens in the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "member_token.list",
      problems = ProblemCode.NOT_FOUND)
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID person,
      @RequestParam(required = false) @Nullable UUID after) {
    PersonId member = new PersonId(person);
    PageRequest asked = new PageRequest(PageRequest.USUAL, after == null ? null : after.toString());
    MemberTokens.Held held =
        tokens.list(member, asked).orElseThrow(() -> Refusal.notFound().thrown());
    String called = Words.called(profiles.of(List.of(member)).get(member), member);
    return pages.render(
        "member_tokens",
        "Tokens of a member",
        path(person),
        call,
        session,
        Map.of(
            "called", called, "list", list.of(path(person), held.tokens(), mayEnd(caller, held))));
  }

  private static String path(UUID person) {
    return "/members/" + person + "/tokens";
  }

  /** For the page alone: the policies decide again when the form comes. */
  private static boolean mayEnd(Caller.Person caller, MemberTokens.Held held) {
    return caller
        .workspace()
        .map(Workspace::role)
        .filter(role -> MemberPages.roles(role).contains(Words.of(held.role())))
        .isPresent();
  }

  @PostMapping(path = PATH + "/revoke", produces = HTML)
  @Surface(
      summary = "Form: ends one of a member's own tokens.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "member_token.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> revoke(
      Call call,
      Caller.Person caller,
      @PathVariable UUID person,
      @RequestParam UUID token,
      HttpServletResponse response) {
    return TokenPages.revoked(
        tokens.revoke(call, caller, new PersonId(person), new TokenId(token)),
        path(person),
        response);
  }
}
