package dev.cofferdam.server.oauth.web;

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
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Role;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The clients of the tenant that one works in. No token gets here. */
@RestController
class ClientController {
  private final Clients clients;

  ClientController(Clients clients) {
    this.clients = clients;
  }

  /**
   * The client to register.
   *
   * @param redirectUris where answers may go: https, loopback at any port, or the scheme of an app
   * @param scopes what it may be given at most
   * @param keys its public keys, for ES256; none for a client that cannot keep one to itself
   */
  record Wanted(
      String name,
      List<String> redirectUris,
      List<String> scopes,
      @Nullable List<PublicKeys.Sent> keys) {

    /** As a wish, or the refusal of the field that is wrong. */
    ClientWish wish() {
      Optional<PublicKeys> shown =
          keys == null || keys.isEmpty()
              ? Optional.empty()
              : Optional.of(PublicKeys.of(keys).orElseThrow(() -> wrong("keys")));
      return new ClientWish(
          ClientWish.name(name).orElseThrow(() -> wrong("name")),
          places(redirectUris),
          scopes(scopes),
          shown);
    }

    private static List<RedirectUri> places(List<String> texts) {
      List<RedirectUri> places =
          texts.stream()
              .map(text -> RedirectUri.of(text).orElseThrow(() -> wrong("redirect_uris")))
              .toList();
      if (places.isEmpty()
          || places.size() > ClientWish.MOST_URIS
          || new HashSet<>(places).size() != places.size()) {
        throw wrong("redirect_uris");
      }
      return places;
    }

    private static Set<TokenScope> scopes(List<String> texts) {
      EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
      texts.forEach(text -> scopes.add(TokenScope.of(text).orElseThrow(() -> wrong("scopes"))));
      if (scopes.isEmpty() || scopes.size() != texts.size()) {
        throw wrong("scopes");
      }
      return scopes;
    }

    private static RuntimeException wrong(String field) {
      return Refusal.invalid(field).thrown();
    }
  }

  @GetMapping("/v1/clients")
  @Surface(
      summary = "Lists the clients of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "client.list")
  Page<ClientBody> list(PageRequest page) {
    Page<ClientView> found = clients.list(page);
    return new Page<>(found.items().stream().map(ClientBody::of).toList(), found.last());
  }

  @GetMapping("/v1/clients/{client}")
  @Surface(
      summary = "Reads a client of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "read",
      action = "client.read",
      problems = ProblemCode.NOT_FOUND)
  ClientBody read(@PathVariable UUID client) {
    return clients.find(client).map(ClientBody::of).orElseThrow(() -> Refusal.notFound().thrown());
  }

  /** Registers one. There is no secret in the answer: a client has keys of its own, or nothing. */
  @PostMapping("/v1/clients")
  @Surface(
      summary = "Registers a client with the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "client.register",
      created = "/v1/clients/{id}",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED})
  Recorded<ClientBody> register(Call call, Caller.Person caller, @RequestBody Wanted wanted) {
    return done(clients.register(call, caller, wanted.wish()));
  }

  /** Ends one, and all that it was given: both are refused everywhere within a second. */
  @DeleteMapping("/v1/clients/{client}")
  @Surface(
      summary = "Removes a client, and ends all that it was given.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "client.remove",
      problems = ProblemCode.NOT_FOUND)
  Recorded<ClientBody> remove(Call call, Caller.Person caller, @PathVariable UUID client) {
    return done(clients.remove(call, caller, client));
  }

  private static Recorded<ClientBody> done(ClientChange change) {
    return switch (change) {
      case ClientChange.Done(var client) -> client.with(ClientBody.of(client.body()));
      case ClientChange.Refused refused -> throw refused.refusal().thrown();
    };
  }
}
