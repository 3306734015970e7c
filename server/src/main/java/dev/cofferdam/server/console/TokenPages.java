package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.token.PersonalTokens;
import dev.cofferdam.server.identity.token.TokenChange;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenId;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One's own tokens in the tenant that one works in. */
@RestController
class TokenPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/tokens";
  private static final String TITLE = "Tokens";

  private final Pages pages;
  private final TokenList list;
  private final PersonalTokens tokens;

  TokenPages(Pages pages, TokenList list, PersonalTokens tokens) {
    this.pages = pages;
    this.list = list;
    this.tokens = tokens;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: one's own tokens in the tenant.",
      access = Access.TENANT,
      limit = "list",
      action = "token.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    return page(call, caller, session, after, "");
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @Nullable UUID after,
      String wrong) {
    PageRequest asked = new PageRequest(PageRequest.USUAL, after == null ? null : after.toString());
    return pages.render(
        "tokens",
        TITLE,
        PATH,
        call,
        session,
        list.model(PATH, tokens.list(caller.id(), asked), List.of(), true, wrong));
  }

  /** Makes one, and shows it; the list comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Form: makes a token that acts as the caller, and shows it once.",
      access = Access.TENANT,
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "token.make")
  Object make(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String label,
      @RequestParam(required = false) @Nullable List<String> scope,
      @RequestParam int days,
      HttpServletResponse response) {
    Optional<TokenWish> wish = TokenList.wish(label, scope, days);
    if (wish.isEmpty()) {
      return again(call, caller, session, TokenList.NO_WISH, response);
    }
    return TokenList.answered(
        tokens.make(call, caller, wish.get()),
        made ->
            made.token()
                .with(
                    pages.render(
                        "token_made",
                        TITLE,
                        PATH,
                        call,
                        session,
                        TokenList.made(PATH, made.token().body(), made.secret()))),
        wrong -> again(call, caller, session, wrong, response));
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      String wrong,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, null, wrong);
  }

  @PostMapping(path = "/tokens/revoke", produces = HTML)
  @Surface(
      summary = "Form: ends one of one's own tokens.",
      access = Access.TENANT,
      limit = "change",
      action = "token.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> revoke(
      Call call, Caller.Person caller, @RequestParam UUID token, HttpServletResponse response) {
    return revoked(tokens.revoke(call, caller, new TokenId(token)), PATH, response);
  }

  /** Back to the list, or the refusal. */
  static Recorded<String> revoked(TokenChange change, String path, HttpServletResponse response) {
    return switch (change) {
      case TokenChange.Revoked(var token) -> token.with(Redirect.to(path, response));
      case TokenChange.Refused refused -> throw refused.refusal().thrown();
      case TokenChange.Made made -> throw new IllegalStateException("it was to be revoked");
    };
  }
}
