package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.token.ServiceTokens;
import dev.cofferdam.server.identity.token.TokenView;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
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
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tokens of the services of the tenant that one works in. No token gets here. */
@RestController
class ServiceTokenController {
  private final ServiceTokens tokens;

  ServiceTokenController(ServiceTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The service to make, by its first token.
   *
   * @param role what it is to be in the tenant: any but owner
   */
  record Wanted(String label, String role, List<String> scopes, int expiresInDays) {}

  @GetMapping("/v1/service-tokens")
  @Surface(
      summary = "Lists the tokens of the tenant's services.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "service_token.list")
  Page<TokenBody> list(PageRequest page) {
    Page<TokenView> found = tokens.list(page);
    return new Page<>(found.items().stream().map(TokenBody::of).toList(), found.last());
  }

  /** Makes a service and its first token, which is in this answer alone. */
  @PostMapping("/v1/service-tokens")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Makes a service and its first token, and shows it once.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_token.make",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED})
  Recorded<NewToken> make(Call call, Caller.Person caller, @RequestBody Wanted wanted) {
    Role role = Names.role(wanted.role());
    if (role == Role.OWNER) {
      throw Refusal.invalid("role").thrown();
    }
    return NewToken.of(
        tokens.make(
            call,
            caller,
            NewToken.wish(wanted.label(), wanted.scopes(), wanted.expiresInDays()),
            role));
  }

  /**
   * Makes one more token of the same service. The older one stays good, so that nothing stands
   * still while it is exchanged for this one.
   */
  @PostMapping("/v1/service-tokens/{token}/successor")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Makes one more token of the same service, beside the older one.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_token.make",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED, ProblemCode.NOT_FOUND})
  Recorded<NewToken> succeed(
      Call call,
      Caller.Person caller,
      @PathVariable UUID token,
      @RequestBody TokenController.Wanted wanted) {
    return NewToken.of(
        tokens.makeSuccessor(
            call,
            caller,
            new TokenId(token),
            NewToken.wish(wanted.label(), wanted.scopes(), wanted.expiresInDays())));
  }

  /** Ends one: it is refused everywhere within a second. */
  @DeleteMapping("/v1/service-tokens/{token}")
  @Surface(
      summary = "Ends a token of a service.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "service_token.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<TokenBody> revoke(Call call, Caller.Person caller, @PathVariable UUID token) {
    return TokenController.revoked(tokens.revoke(call, caller, new TokenId(token)));
  }
}
