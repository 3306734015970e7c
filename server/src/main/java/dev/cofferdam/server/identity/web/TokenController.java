package dev.cofferdam.server.identity.web;

import dev.cofferdam.server.identity.token.PersonalTokens;
import dev.cofferdam.server.identity.token.TokenChange;
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
import dev.cofferdam.server.surface.RefusedException;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.PersonId;
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

/** One's own tokens in the tenant that one works in. A token sees and ends them, and makes none. */
@RestController
class TokenController {
  private final PersonalTokens tokens;

  TokenController(PersonalTokens tokens) {
    this.tokens = tokens;
  }

  /** The token to make. */
  record Wanted(String label, List<String> scopes, int expiresInDays) {}

  @GetMapping("/v1/tokens")
  @Surface(
      summary = "Lists the caller's own tokens in the tenant.",
      access = Access.TENANT,
      scope = TokenScope.TOKENS_MANAGE,
      limit = "list",
      action = "token.list",
      problems = ProblemCode.PERSON_REQUIRED)
  Page<TokenBody> list(Caller caller, PageRequest page) {
    PersonId whose =
        switch (caller) {
          case Caller.Person person -> person.id();
          case Caller.Agent agent -> agent.id();
          case Caller.Anonymous anonymous -> throw noPerson();
          case Caller.Operator operator -> throw noPerson();
          case Caller.Visitor visitor -> throw noPerson();
          case Caller.Service service -> throw noPerson();
          case Caller.Node node -> throw noPerson();
        };
    Page<TokenView> found = tokens.list(whose, page);
    return new Page<>(found.items().stream().map(TokenBody::of).toList(), found.last());
  }

  /**
   * Makes a token that acts as the caller, in what its scopes say. It is in this answer alone, and
   * so no {@code Idempotency-Key} is taken: who loses the answer revokes the token and makes
   * another.
   */
  @PostMapping("/v1/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Makes a token that acts as the caller, and shows it once.",
      access = Access.TENANT,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "token.make",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED})
  Recorded<NewToken> make(Call call, Caller.Person caller, @RequestBody Wanted wanted) {
    return NewToken.of(
        tokens.make(
            call, caller, NewToken.wish(wanted.label(), wanted.scopes(), wanted.expiresInDays())));
  }

  /** Ends one of one's own: it is refused everywhere within a second. */
  @DeleteMapping("/v1/tokens/{token}")
  @Surface(
      summary = "Ends one of the caller's own tokens.",
      access = Access.TENANT,
      scope = TokenScope.TOKENS_MANAGE,
      limit = "change",
      action = "token.revoke",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.PERSON_REQUIRED})
  Recorded<TokenBody> revoke(Call call, Caller caller, @PathVariable UUID token) {
    TokenId id = new TokenId(token);
    return revoked(
        switch (caller) {
          case Caller.Person person -> tokens.revoke(call, person, id);
          case Caller.Agent agent -> tokens.revoke(call, agent, id);
          case Caller.Anonymous anonymous -> throw noPerson();
          case Caller.Operator operator -> throw noPerson();
          case Caller.Visitor visitor -> throw noPerson();
          case Caller.Service service -> throw noPerson();
          case Caller.Node node -> throw noPerson();
        });
  }

  /** Who is nobody's has none of their own. */
  private static RefusedException noPerson() {
    return Refusal.of(ProblemCode.PERSON_REQUIRED).because("kind_of_caller").thrown();
  }

  /** The answer, or the refusal. */
  static Recorded<TokenBody> revoked(TokenChange change) {
    return switch (change) {
      case TokenChange.Revoked(var token) -> token.with(TokenBody.of(token.body()));
      case TokenChange.Made made ->
          throw new IllegalStateException("a token was revoked, and not made");
      case TokenChange.Refused refused -> throw refused.refusal().thrown();
    };
  }
}
