package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.oauth.KeyThumbprint;
import dev.cofferdam.server.surface.TokenScope;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the protocol says in one text. */
final class Words {
  private Words() {}

  static String scope(Collection<TokenScope> scopes) {
    return scopes.stream().map(TokenScope::text).sorted().collect(Collectors.joining(" "));
  }

  /** By which scheme it is to be shown (RFC 6750; RFC 9449, section 5). */
  static String type(Optional<KeyThumbprint> boundTo) {
    return boundTo.isPresent() ? "DPoP" : "Bearer";
  }
}
