package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.PresentedSession;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.oauth.service.KeySet;
import dev.cofferdam.server.oauth.service.ServiceClientChange;
import dev.cofferdam.server.oauth.service.ServiceClientView;
import dev.cofferdam.server.oauth.service.ServiceClientWish;
import dev.cofferdam.server.oauth.service.ServiceClients;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The clients of the tenant that one works in which act as a service of it. */
@RestController
class ServiceClientPages {
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String PATH = "/service-clients";
  private static final String KEYS = PATH + "/{client}/keys";
  private static final String TITLE = "Service clients";
  private static final String NO_KEYS =
      "Paste one or two public keys: a JWK, or a set of them, on P-256, Ed25519, or RSA of 2048 bits and more; no private half.";
  private static final Set<Role> MAKERS = Set.of(Role.OWNER, Role.ADMIN);
  private static final List<Role> ROLES = List.of(Role.MEMBER, Role.AUDITOR, Role.ADMIN);

  private final Pages pages;
  private final ServiceClients clients;

  ServiceClientPages(Pages pages, ServiceClients clients) {
    this.pages = pages;
    this.clients = clients;
  }

  @GetMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Page: the clients that act as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "service_client.list")
  String list(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam(required = false) @Nullable UUID after) {
    return page(call, caller, session, after, ServiceClientForm.EMPTY);
  }

  private String page(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @Nullable UUID after,
      ServiceClientForm form) {
    Page<ServiceClientView> found =
        clients.list(new PageRequest(PageRequest.USUAL, after == null ? null : after.toString()));
    return pages.render(
        "service_clients",
        TITLE,
        PATH,
        call,
        session,
        Map.of(
            "clients",
            found.items().stream().map(ServiceClientLine::of).toList(),
            "form",
            form,
            "roles",
            ROLES.stream().map(Words::of).toList(),
            "maker",
            caller.workspace().map(Workspace::role).filter(MAKERS::contains).isPresent(),
            "next",
            found.last() == null ? "" : PATH + "?after=" + found.last()));
  }

  /** Makes one; the list comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = PATH, produces = HTML)
  @Surface(
      summary = "Form: makes a client that acts as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_client.make")
  Object make(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @RequestParam String label,
      @RequestParam String role,
      @RequestParam(required = false) @Nullable List<String> scope,
      @RequestParam String keys,
      HttpServletResponse response) {
    Role wanted = role(role);
    ServiceClientForm sent =
        new ServiceClientForm(label, role, scope == null ? List.of() : scope, keys, "", "");
    Optional<ServiceClientForm> wrong = wrong(sent);
    if (wrong.isPresent()) {
      return again(call, caller, session, wrong.get(), response);
    }
    ServiceClientWish wish =
        new ServiceClientWish(
            TokenWish.label(label).orElseThrow(),
            wanted,
            scopes(sent.chosen()),
            keys(keys).orElseThrow());
    return switch (clients.make(call, caller, wish)) {
      case ServiceClientChange.Made(var client) -> done(client, response);
      case ServiceClientChange.TooMany many ->
          again(
              call,
              caller,
              session,
              sent.wrong("label", "There are as many clients as there may be. End one first."),
              response);
      case ServiceClientChange.Refused refused -> throw refused.refusal().thrown();
      case ServiceClientChange.Exchanged other -> throw notThat();
      case ServiceClientChange.Ended other -> throw notThat();
    };
  }

  private static Role role(String text) {
    return ROLES.stream()
        .filter(one -> Words.of(one).equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("role").thrown());
  }

  private static Optional<ServiceClientForm> wrong(ServiceClientForm sent) {
    if (TokenWish.label(sent.label()).isEmpty()) {
      return Optional.of(sent.wrong("label", "A label has 1 to 80 visible characters."));
    }
    if (scopes(sent.chosen()).isEmpty()) {
      return Optional.of(sent.wrong("scope", "Tick what it is for."));
    }
    return keys(sent.keys()).isEmpty()
        ? Optional.of(sent.wrong("keys", NO_KEYS))
        : Optional.empty();
  }

  private static Set<TokenScope> scopes(List<String> ticked) {
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    ticked.forEach(text -> TokenScope.of(text).ifPresent(scopes::add));
    return scopes;
  }

  /** A set, or one key by itself. */
  private static Optional<KeySet> keys(String text) {
    return KeySet.ofText(text).or(() -> KeySet.ofText("{\"keys\":[" + text + "]}"));
  }

  private static Recorded<String> done(
      Recorded<ServiceClientView> client, HttpServletResponse response) {
    return client.with(Redirect.to(PATH + "#client-" + client.body().id(), response));
  }

  private static IllegalStateException notThat() {
    return new IllegalStateException("something else became of a client than was asked for");
  }

  private String again(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      ServiceClientForm form,
      HttpServletResponse response) {
    response.setStatus(ProblemCode.INVALID_FIELD.status());
    return page(call, caller, session, null, form);
  }

  @GetMapping(path = KEYS, produces = HTML)
  @Surface(
      summary = "Page: which keys a client that acts as a service is to have.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "read",
      action = "service_client.read",
      problems = ProblemCode.NOT_FOUND)
  String keys(Call call, PresentedSession session, @PathVariable UUID client) {
    return keys(call, session, existing(client), ServiceClientForm.EMPTY);
  }

  private ServiceClientView existing(UUID client) {
    return clients.find(client).orElseThrow(() -> Refusal.notFound().thrown());
  }

  private String keys(
      Call call, PresentedSession session, ServiceClientView client, ServiceClientForm form) {
    String path = KEYS.replace("{client}", client.id().toString());
    return pages.render(
        "service_client_keys",
        "Keys of a client",
        path,
        call,
        session,
        Map.of("path", path, "client", ServiceClientLine.of(client), "form", form));
  }

  /** Gives one other keys; the form comes again, with what was wrong, when it cannot be. */
  @PostMapping(path = KEYS, produces = HTML)
  @Surface(
      summary = "Form: exchanges the keys of a client that acts as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_client.exchange_keys",
      problems = ProblemCode.NOT_FOUND)
  Object exchange(
      Call call,
      Caller.Person caller,
      PresentedSession session,
      @PathVariable UUID client,
      @RequestParam String keys,
      HttpServletResponse response) {
    Optional<KeySet> wanted = keys(keys);
    if (wanted.isEmpty()) {
      response.setStatus(ProblemCode.INVALID_FIELD.status());
      return keys(
          call,
          session,
          existing(client),
          new ServiceClientForm("", "", List.of(), keys, "keys", NO_KEYS));
    }
    return switch (clients.exchangeKeys(call, caller, client, wanted.get())) {
      case ServiceClientChange.Exchanged(var exchanged) -> done(exchanged, response);
      case ServiceClientChange.Refused refused -> throw refused.refusal().thrown();
      case ServiceClientChange.Made other -> throw notThat();
      case ServiceClientChange.Ended other -> throw notThat();
    };
  }

  @PostMapping(path = PATH + "/end", produces = HTML)
  @Surface(
      summary = "Form: ends a client that acts as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "service_client.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<String> end(
      Call call, Caller.Person caller, @RequestParam UUID client, HttpServletResponse response) {
    return switch (clients.end(call, caller, client)) {
      case ServiceClientChange.Ended(var gone) -> gone.with(Redirect.to(PATH, response));
      case ServiceClientChange.Refused refused -> throw refused.refusal().thrown();
      case ServiceClientChange.Made other -> throw notThat();
      case ServiceClientChange.Exchanged other -> throw notThat();
    };
  }
}
