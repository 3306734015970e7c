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
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own tokens in the tenant that one works in. No token gets here. */
@RestController
class TokenController {
  private final PersonalTokens tokens;

  TokenController(PersonalTokens tokens) {
    this.tokens = tokens;
  }

  /** The token to make. */
  record Wanted(
      @Nullable String label, @Nullable List<String> scopes, @Nullable Integer expiresInDays) {}

  @GetMapping("/v1/tokens")
  @Surface(
      summary = "Lists the caller's own tokens in the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "token.list")
  Page<TokenBody> list(Caller.Person caller, PageRequest page) {
    Page<TokenView> found = tokens.list(caller, page);
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
      limit = "change",
      action = "token.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<TokenBody> revoke(Call call, Caller.Person caller, @PathVariable UUID token) {
    return revoked(tokens.revoke(call, caller, new TokenId(token)));
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
