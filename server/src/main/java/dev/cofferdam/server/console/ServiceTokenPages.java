package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.token.ServiceTokens;
import dev.cofferdam.server.identity.token.TokenChange;
import dev.cofferdam.server.identity.token.TokenView;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
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
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tokens of the services of the tenant that one works in. */
@RestController
class ServiceTokenPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/service-tokens";
  private static final String SUCCESSOR = PATH + "/{token}/successor";
  private static final String TITLE = "Service tokens";
  private static final Set<Role> MAKERS = Set.of(Role.OWNER, Role.ADMIN);
  private static final List<Role> ROLES = List.of(Role.MEMBER, Role.AUDITOR, Role.ADMIN);

  private final Pages pages;
  private final TokenList list;
  private final ServiceTokens tokens;

  ServiceTokenPages(Pages pages, TokenList list, ServiceTokens tokens) {
    this.pages = pages;
    this.list = list;
    this.tokens = tokens;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: the tokens of the tenant's services.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "service_token.list")
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
    boolean maker = caller.workspace().map(Workspace::role).filter(MAKERS::contains).isPresent();
    return pages.render(
        "tokens",
        TITLE,
        PATH,
        call,
        session,
        list.model(PATH, tokens.list(asked), ROLES.stream().map(Words::of).toList(), maker, wrong));
  }

  /** Makes a service and its first token, and shows it. */
  @PostMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Form: makes a service and its first token, and shows it once.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_token.make")
  Object make(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String label,
      @RequestParam String role,
      @RequestParam(required = false) @Nullable List<String> scope,
      @RequestParam int days,
      HttpServletResponse response) {
    Role wanted =
        ROLES.stream()
            .filter(one -> Words.of(one).equals(role))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("role").thrown());
    Optional<TokenWish> wish = TokenList.wish(label, scope, days);
    if (wish.isEmpty()) {
      return again(call, caller, session, TokenList.NO_WISH, response);
    }
    return TokenList.answered(
        tokens.make(call, caller, wish.get(), wanted),
        made -> shown(call, session, made),
        wrong -> again(call, caller, session, wrong, response));
  }

  /** The only page that has it. */
  private Recorded<String> shown(Call call, PresentedSession session, TokenChange.Made made) {
    return made.token()
        .with(
            pages.render(
                "token_made",
                TITLE,
                PATH,
                call,
                session,
                TokenList.made(PATH, made.token().body(), made.secret())));
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

  /** A form that begins with what the older one is for. */
  @GetMapping(path = SUCCESSOR, produces = HTML)
  @Surface(
      summary = "Page: what the successor of a service's token is to be.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "read",
      action = "service_token.read",
      problems = ProblemCode.NOT_FOUND)
  String successor(Call call, PresentedSession session, @PathVariable UUID token) {
    return successor(call, session, older(token), "");
  }

  private TokenView older(UUID token) {
    return tokens.find(new TokenId(token)).orElseThrow(() -> Refusal.notFound().thrown());
  }

  private String successor(Call call, PresentedSession session, TokenView older, String wrong) {
    String path = SUCCESSOR.replace("{token}", older.id().toString());
    return pages.render(
        "token_successor",
        "Successor of a token",
        path,
        call,
        session,
        Map.of(
            "path",
            path,
            "older",
            older.label(),
            "role",
            older.service().map(service -> Words.of(service.role())).orElse(""),
            "form",
            new TokenForm(older.label(), older.scopes(), wrong)));
  }

  /** Makes one more token of the same service, beside the older one, and shows it. */
  @PostMapping(path = SUCCESSOR, produces = HTML)
  @Surface(
      summary = "Form: makes one more token of the same service, and shows it once.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_token.make",
      problems = ProblemCode.NOT_FOUND)
  Object succeed(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID token,
      @RequestParam String label,
      @RequestParam(required = false) @Nullable List<String> scope,
      @RequestParam int days,
      HttpServletResponse response) {
    TokenView older = older(token);
    Function<String, String> again =
        wrong -> {
          response.setStatus(ProblemCode.INVALID_FIELD.status());
          return successor(call, session, older, wrong);
        };
    Optional<TokenWish> wish = TokenList.wish(label, scope, days);
    return wish.isEmpty()
        ? again.apply(TokenList.NO_WISH)
        : TokenList.answered(
            tokens.makeSuccessor(call, caller, older.id(), wish.get()),
            made -> shown(call, session, made),
            again);
  }

  @PostMapping(path = "/service-tokens/revoke", produces = HTML)
  @Surface(
      summary = "Form: ends a token of a service.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "service_token.revoke",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> revoke(
      Call call, Caller.Person caller, @RequestParam UUID token, HttpServletResponse response) {
    return TokenPages.revoked(tokens.revoke(call, caller, new TokenId(token)), PATH, response);
  }
}
