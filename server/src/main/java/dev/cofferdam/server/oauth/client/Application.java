package dev.cofferdam.server.oauth.client;

import dev.cofferdam.server.oauth.ClientId;
import dev.cofferdam.server.surface.TokenScope;
import dev.cofferdam.server.tenancy.TenantId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client as those meet it whom it asks: what is known of it, and on whose word.
 *
 * @param tenant whose it is; empty for one that people of any tenant may let have something
 * @param name as whoever registered it calls it
 * @param redirectUris where answers may go, and nowhere else
 * @param scopes what it may be given at most
 */
public record Application(
    ClientId id,
    Optional<TenantId> tenant,
    Provenance provenance,
    String name,
    List<RedirectUri> redirectUris,
    Set<TokenScope> scopes) {
  public Application {
    redirectUris = List.copyOf(redirectUris);
    scopes = Set.copyOf(scopes);
  }

  /** Who says what it is. */
  public enum Provenance {
    /** Whoever made this server. */
    PLATFORM,
    /** Whoever looks after the tenant. */
    TENANT,
    /** It alone: anybody could have said the same. */
    ITSELF,
    /** The site whose address it has as its id. */
    SITE
  }

  static Application of(ClientView client) {
    EnumSet<TokenScope> known = EnumSet.noneOf(TokenScope.class);
    // A scope that this server does not know allows nothing.
    client.scopes().forEach(text -> TokenScope.of(text).ifPresent(known::add));
    return new Application(
        new ClientId(client.id().toString()),
        Optional.of(client.tenant()),
        Provenance.TENANT,
        client.name(),
        client.redirectUris(),
        known);
  }

  /** Whether it takes a look at another site to know the client of this id. */
  public static boolean isLookedUp(ClientId id) {
    return PublishedClients.isOne(id);
  }

  /**
   * Those of its scopes that a request asks for, or all where it names none; empty when it names
   * one that is not for it.
   */
  public Optional<Set<TokenScope>> allowed(Optional<String> asked) {
    if (asked.isEmpty()) {
      return Optional.of(scopes).filter(all -> !all.isEmpty());
    }
    EnumSet<TokenScope> wanted = EnumSet.noneOf(TokenScope.class);
    for (String text : asked.get().split(" ", -1)) {
      Optional<TokenScope> scope = TokenScope.of(text).filter(this::isFor);
      if (scope.isEmpty()) {
        return Optional.empty();
      }
      wanted.add(scope.get());
    }
    return Optional.of(wanted);
  }

  private boolean isFor(TokenScope scope) {
    return scopes.contains(scope);
  }

  /** Whether an answer may go to {@code asked}. */
  public boolean answersAt(RedirectUri asked) {
    return redirectUris.stream().anyMatch(registered -> registered.allows(asked));
  }
}
