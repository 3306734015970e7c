package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.oauth.client.Application;
import dev.cofferdam.server.oauth.client.ClientSettings;
import dev.cofferdam.server.oauth.client.ClientWish;
import dev.cofferdam.server.oauth.client.OpenClients;
import dev.cofferdam.server.oauth.client.RedirectUri;
import dev.cofferdam.server.surface.Access;
import dev.cofferdam.server.surface.Call;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.Surface;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where clients register themselves (RFC 7591), if the platform lets them. */
@RestController
class ClientRegistrationController {
  private static final Duration LATER = Duration.ofHours(1);

  private final OpenClients clients;
  private final List<String> grants;

  ClientRegistrationController(OpenClients clients, ClientSettings settings) {
    this.clients = clients;
    this.grants = settings.grantsOfNobody().stream().sorted().toList();
  }

  /** What a client is told of itself (RFC 7591, section 3.2.1). It has no secret. */
  record Registered(
      String clientId,
      long clientIdIssuedAt,
      String clientName,
      List<String> redirectUris,
      List<String> grantTypes,
      List<String> responseTypes,
      String tokenEndpointAuthMethod,
      String scope) {}

  /**
   * Registers one, with what there is a way for: what it asks beside is left out of the answer, as
   * the specification has it.
   */
  @PostMapping("/oauth/register")
  @ResponseStatus(HttpStatus.CREATED)
  @Surface(
      summary = "Registers a client by its own word, where the platform lets it.",
      access = Access.ANYONE,
      oauth = true,
      limit = "register-client",
      action = "client.register_itself",
      problems = {
        ProblemCode.INVALID_REDIRECT_URI,
        ProblemCode.INVALID_CLIENT_METADATA,
        ProblemCode.FORBIDDEN,
        ProblemCode.UNAVAILABLE
      })
  Recorded<Registered> register(Call call, @RequestBody Map<String, Object> metadata) {
    return switch (clients.register(call, wish(metadata))) {
      case OpenClients.Registered(var client, var at) ->
          client.with(registered(client.body(), at.getEpochSecond()));
      case OpenClients.Closed closed -> throw Refusal.of(ProblemCode.FORBIDDEN).thrown();
      case OpenClients.TooMany many ->
          throw Refusal.of(ProblemCode.UNAVAILABLE).after(LATER).thrown();
    };
  }

  private Registered registered(Application client, long at) {
    return new Registered(
        client.id().value(),
        at,
        client.name(),
        client.redirectUris().stream().map(RedirectUri::text).toList(),
        grants,
        List.of("code"),
        "none",
        client.scopes().stream().map(TokenScope::text).sorted().collect(Collectors.joining(" ")));
  }

  private ClientWish wish(Map<String, Object> metadata) {
    if (!allows(metadata.get("grant_types"), grants::contains)
        || !allows(metadata.get("response_types"), "code"::equals)) {
      throw Refusal.of(ProblemCode.INVALID_CLIENT_METADATA).thrown();
    }
    return new ClientWish(
        name(metadata.get("client_name")),
        places(metadata.get("redirect_uris")),
        scopes(metadata.get("scope")),
        Optional.empty());
  }

  /** Whether a list of the metadata, if it is there, has nothing in it that there is no way for. */
  private static boolean allows(@Nullable Object list, Predicate<Object> one) {
    return list == null || list instanceof List<?> values && values.stream().allMatch(one);
  }

  private static String name(@Nullable Object name) {
    return Optional.ofNullable(name)
        .filter(String.class::isInstance)
        .flatMap(text -> ClientWish.name((String) text))
        .orElseThrow(() -> Refusal.of(ProblemCode.INVALID_CLIENT_METADATA).thrown());
  }

  private static List<RedirectUri> places(@Nullable Object list) {
    List<?> texts = list instanceof List<?> values ? values : List.of();
    List<RedirectUri> places =
        texts.stream()
            .map(
                text ->
                    RedirectUri.of(text instanceof String place ? place : "")
                        .orElseThrow(() -> Refusal.of(ProblemCode.INVALID_REDIRECT_URI).thrown()))
            .toList();
    if (places.isEmpty()
        || places.size() > ClientWish.MOST_URIS
        || new HashSet<>(places).size() != places.size()) {
      throw Refusal.of(ProblemCode.INVALID_REDIRECT_URI).thrown();
    }
    return places;
  }

  /** Those that it names and there are; all, when it names none. */
  private static Set<TokenScope> scopes(@Nullable Object scope) {
    if (scope == null) {
      return EnumSet.allOf(TokenScope.class);
    }
    EnumSet<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
    for (String text : String.valueOf(scope).split(" ", -1)) {
      TokenScope.of(text).ifPresent(scopes::add);
    }
    if (scopes.isEmpty()) {
      throw Refusal.of(ProblemCode.INVALID_CLIENT_METADATA).thrown();
    }
    return scopes;
  }
}
