package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.oauth.client.ClientChange;
import dev.cofferdam.server.oauth.client.ClientView;
import dev.cofferdam.server.oauth.client.ClientWish;
import dev.cofferdam.server.oauth.client.Clients;
import dev.cofferdam.server.oauth.client.PublicKeys;
import dev.cofferdam.server.oauth.client.RedirectUri;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Assurance;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.PageRequest;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.surface.Workspace;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The clients of the tenant that one works in. */
@RestController
class ClientPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/clients";
  private static final Set<Role> MAKERS = Set.of(Role.OWNER, Role.ADMIN);

  private final Pages pages;
  private final Clients clients;

  ClientPages(Pages pages, Clients clients) {
    this.pages = pages;
    this.clients = clients;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: the clients of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "client.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    return page(call, caller, session, after, ClientForm.EMPTY);
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @Nullable UUID after,
      ClientForm form) {
    Page<ClientView> found =
        clients.list(new PageRequest(PageRequest.USUAL, after == null ? null : after.toString()));
    return pages.render(
        "clients",
        "Clients",
        PATH,
        call,
        session,
        Map.of(
            "clients",
            found.items().stream().map(ClientPages::line).toList(),
            "form",
            form,
            "maker",
            caller.workspace().map(Workspace::role).filter(MAKERS::contains).isPresent(),
            "next",
            found.last() == null ? "" : PATH + "?after=" + found.last()));
  }

  private static ClientLine line(ClientView one) {
    return new ClientLine(
        one.id().toString(),
        one.name(),
        String.join(", ", one.scopes()),
        one.redirectUris().stream().map(RedirectUri::text).toList(),
        one.keys().isEmpty() ? "without a key" : "with a key of its own",
        one.createdAt().toString(),
        Words.of(one.createdAt()));
  }

  /** Registers one; the list comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Form: registers a client with the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "client.register")
  Object register(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String name,
      @RequestParam("redirect_uris") String redirectUris,
      @RequestParam(required = false) @Nullable List<String> scope,
      @RequestParam(required = false, defaultValue = "") String keys,
      HttpServletResponse response) {
    List<String> lines =
        redirectUris.lines().map(String::strip).filter(one -> !one.isEmpty()).toList();
    List<String> ticked = scope == null ? List.of() : scope;
    ClientForm sent = new ClientForm(name, redirectUris, ticked, keys, "", "");
    Optional<ClientForm> wrong = wrong(sent, lines);
    if (wrong.isPresent()) {
      return again(call, caller, session, wrong.get(), response);
    }
    ClientWish wish =
        new ClientWish(
            ClientWish.name(name).orElseThrow(),
            lines.stream().map(RedirectUri::new).toList(),
            scopes(ticked),
            keys.isBlank() ? Optional.empty() : PublicKeys.of(keys));
    return switch (clients.register(call, caller, wish)) {
      case ClientChange.Done(var client) ->
          client.with(Redirect.to(PATH + "#client-" + client.body().id(), response));
      case ClientChange.TooMany many ->
          again(
              call,
              caller,
              session,
              sent.wrong("name", "There are as many clients as there may be. Remove one first."),
              response);
      case ClientChange.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private static Optional<ClientForm> wrong(ClientForm sent, List<String> lines) {
    if (ClientWish.name(sent.name()).isEmpty()) {
      return Optional.of(sent.wrong("name", "A name has 1 to 80 visible characters."));
    }
    if (lines.isEmpty()
        || lines.size() > ClientWish.MOST_URIS
        || Set.copyOf(lines).size() != lines.size()
        || lines.stream().anyMatch(line -> RedirectUri.of(line).isEmpty())) {
      return Optional.of(
          sent.wrong(
              "redirect_uris",
              "Write one to ten addresses, each on a line: https, http on this machine"
                  + " (127.0.0.1, [::1], localhost), or the scheme of an app such as"
                  + " com.example.app:/done."));
    }
    if (!sent.keys().isBlank() && PublicKeys.of(sent.keys()).isEmpty()) {
      return Optional.of(
          sent.wrong("keys", "A key is a public JWK on P-256 with a kid, or a set of such."));
    }
    return scopes(sent.chosen()).isEmpty()
        ? Optional.of(sent.wrong("scope", "Tick what it may be given."))
        : Optional.empty();
  }

  private static Set<TokenScope> scopes(List<String> ticked) {
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    ticked.forEach(text -> TokenScope.of(text).ifPresent(scopes::add));
    return scopes;
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      ClientForm form,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, null, form);
  }

  @PostMapping(path = PATH + "/remove", produces = HTML)
  @Surface(
      summary = "Form: removes a client, and ends all that it was given.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "client.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> remove(
      Call call, Caller.Person caller, @RequestParam UUID client, HttpServletResponse response) {
    return switch (clients.remove(call, caller, client)) {
      case ClientChange.Done(var gone) -> gone.with(Redirect.to(PATH, response));
      case ClientChange.Refused refused -> throw refused.refusal().thrown();
    };
  }
}
