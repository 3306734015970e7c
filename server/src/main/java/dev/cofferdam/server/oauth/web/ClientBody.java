package dev.cofferdam.server.oauth.web;

import dev.cofferdam.server.oauth.client.ClientView;
import dev.cofferdam.server.oauth.client.PublicKeys;
import dev.cofferdam.server.oauth.client.RedirectUri;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A client of the tenant.
 *
 * @param id what it calls itself by, {@code client_id}
 * @param authentication {@code private_key_jwt} for one with keys, else {@code none}
 * @param keyIds of the keys by which it proves who it is
 */
record ClientBody(
    UUID id,
    String name,
    List<String> redirectUris,
    List<String> scopes,
    String authentication,
    List<String> keyIds,
    UUID madeBy,
    Instant createdAt) {

  static ClientBody of(ClientView view) {
    return new ClientBody(
        view.id(),
        view.name(),
        view.redirectUris().stream().map(RedirectUri::text).toList(),
        view.scopes(),
        view.keys().isEmpty() ? "none" : "private_key_jwt",
        view.keys().map(PublicKeys::ids).orElse(List.of()),
        view.madeBy().value(),
        view.createdAt());
  }
}
