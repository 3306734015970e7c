package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.token.MemberTokens;
import dev.cofferdam.server.identity.token.TokenView;
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
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.tenancy.PersonId;
import java.util.UUID;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The personal tokens of the members of the tenant that one works in. No token gets here. */
@RestController
class MemberTokenController {
  private final MemberTokens tokens;

  MemberTokenController(MemberTokens tokens) {
    this.tokens = tokens;
  }

  @GetMapping("/v1/members/{person}/tokens")
  @Surface(
      summary = "Lists a member's own tokens in the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "member_token.list",
      problems = ProblemCode.NOT_FOUND)
  Page<TokenBody> list(@PathVariable UUID person, PageRequest page) {
    Page<TokenView> found =
        tokens
            .list(new PersonId(person), page)
            .orElseThrow(() -> Refusal.notFound().thrown())
            .tokens();
    return new Page<>(found.items().stream().map(TokenBody::of).toList(), found.last());
  }

  /** Ends one: it is refused everywhere within a second. */
  @DeleteMapping("/v1/members/{person}/tokens/{token}")
  @Surface(
      summary = "Ends one of a member's own tokens.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "member_token.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<TokenBody> revoke(
      Call call, Caller.Person caller, @PathVariable UUID person, @PathVariable UUID token) {
    return TokenController.revoked(
        tokens.revoke(call, caller, new PersonId(person), new TokenId(token)));
  }
}
