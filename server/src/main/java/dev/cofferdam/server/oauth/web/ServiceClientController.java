package dev.cofferdam.server.oauth.web;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The clients of the tenant that act as a service of it. No token gets here. */
@RestController
class ServiceClientController {
  private final ServiceClients clients;
  private final JsonMapper json;

  ServiceClientController(ServiceClients clients, JsonMapper json) {
    this.clients = clients;
    this.json = json;
  }

  /**
   * The client to make.
   *
   * @param role what it is to be in the tenant: any but owner
   * @param keys its public keys, as a set of RFC 7517: one or two
   */
  record Wanted(String label, String role, List<String> scopes, Map<String, Object> keys) {}

  /** A client. It has nothing secret. */
  record ServiceClientBody(
      UUID id,
      String label,
      String role,
      List<String> scopes,
      List<String> keys,
      UUID madeBy,
      Instant createdAt) {
    static ServiceClientBody of(ServiceClientView view) {
      return new ServiceClientBody(
          view.id(),
          view.label(),
          view.role().name().toLowerCase(Locale.ROOT),
          view.scopes(),
          view.keys(),
          view.madeBy().value(),
          view.createdAt());
    }
  }

  @GetMapping("/v1/service-clients")
  @Surface(
      summary = "Lists the clients that act as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN, Role.AUDITOR},
      limit = "list",
      action = "service_client.list")
  Page<ServiceClientBody> list(PageRequest page) {
    Page<ServiceClientView> found = clients.list(page);
    return new Page<>(found.items().stream().map(ServiceClientBody::of).toList(), found.last());
  }

  @PostMapping("/v1/service-clients")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Makes a client that acts as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_client.make",
      problems = {ProblemCode.INVALID_FIELD, ProblemCode.QUOTA_REACHED})
  Recorded<ServiceClientBody> make(Call call, Caller.Person caller, @RequestBody Wanted wanted) {
    return answered(clients.make(call, caller, wish(wanted)));
  }

  /**
   * The keys that a client is to have from now on.
   *
   * @param keys as for a new one
   */
  record Keys(Map<String, Object> keys) {}

  /** Gives one other keys: those that are not among them are refused everywhere within a second. */
  @PutMapping("/v1/service-clients/{client}/keys")
  @Surface(
      summary = "Exchanges the keys of a client that acts as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      assurance = Assurance.RECENT_MULTI_FACTOR,
      limit = "token",
      action = "service_client.exchange_keys",
      problems = {ProblemCode.NOT_FOUND, ProblemCode.INVALID_FIELD})
  Recorded<ServiceClientBody> exchangeKeys(
      Call call, Caller.Person caller, @PathVariable UUID client, @RequestBody Keys wanted) {
    return answered(clients.exchangeKeys(call, caller, client, keys(wanted.keys())));
  }

  /** Ends one, and its tokens: they are refused everywhere within a second. */
  @DeleteMapping("/v1/service-clients/{client}")
  @Surface(
      summary = "Ends a client that acts as a service of the tenant.",
      access = Access.TENANT,
      roles = {Role.OWNER, Role.ADMIN},
      limit = "change",
      action = "service_client.end",
      problems = ProblemCode.NOT_FOUND)
  Recorded<ServiceClientBody> end(Call call, Caller.Person caller, @PathVariable UUID client) {
    return answered(clients.end(call, caller, client));
  }

  private static Recorded<ServiceClientBody> answered(ServiceClientChange change) {
    return switch (change) {
      case ServiceClientChange.Made(var client) -> client.with(ServiceClientBody.of(client.body()));
      case ServiceClientChange.Exchanged(var client) ->
          client.with(ServiceClientBody.of(client.body()));
      case ServiceClientChange.Ended(var client) ->
          client.with(ServiceClientBody.of(client.body()));
      case ServiceClientChange.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private ServiceClientWish wish(Wanted wanted) {
    return new ServiceClientWish(
        TokenWish.label(wanted.label()).orElseThrow(() -> Refusal.invalid("label").thrown()),
        role(wanted.role()),
        scopes(wanted.scopes()),
        keys(wanted.keys()));
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.OWNER && role.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("role").thrown());
  }

  private static Set<TokenScope> scopes(List<String> texts) {
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    for (String text : texts) {
      scopes.add(TokenScope.of(text).orElseThrow(() -> Refusal.invalid("scopes").thrown()));
    }
    if (scopes.isEmpty() || scopes.size() != texts.size()) {
      throw Refusal.invalid("scopes").thrown();
    }
    return scopes;
  }

  private KeySet keys(Map<String, Object> keys) {
    return KeySet.ofText(json.writeValueAsString(keys))
        .orElseThrow(() -> Refusal.invalid("keys").thrown());
  }
}
