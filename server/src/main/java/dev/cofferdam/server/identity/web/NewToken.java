package dev.cofferdam.server.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cofferdam.server.identity.token.TokenChange;
import dev.cofferdam.server.identity.token.TokenView;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token that was just made: the only answer that has it.
 *
 * @param token to be kept by whoever asked; it cannot be shown again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NewToken(
    UUID id,
    SecretText token,
    String label,
    List<String> scopes,
    @Nullable UUID serviceId,
    @Nullable String role,
    Instant expiresAt) {
  /** The answer, or the refusal. */
  static Recorded<NewToken> of(TokenChange change) {
    return switch (change) {
      case TokenChange.Made(var token, var secret) ->
          token.with(of(token.body(), new SecretText(secret.text())));
      case TokenChange.Revoked revoked ->
          throw new IllegalStateException("a token was made, and not revoked");
      case TokenChange.Refused refused -> throw refused.refusal().thrown();
    };
  }

  private static NewToken of(TokenView view, SecretText secret) {
    return new NewToken(
        view.id().value(),
        secret,
        view.label(),
        view.scopes(),
        view.service().map(one -> one.id().value()).orElse(null),
        view.service().map(one -> Names.of(one.role())).orElse(null),
        view.expiresAt());
  }

  /** What was sent as a wish, or the refusal of the field that is wrong. */
  static TokenWish wish(String label, List<String> scopes, int expiresInDays) {
    if (expiresInDays < 1 || expiresInDays > TokenWish.LONGEST_DAYS) {
      throw Refusal.invalid("expires_in_days").thrown();
    }
    return new TokenWish(
        TokenWish.label(label).orElseThrow(() -> Refusal.invalid("label").thrown()),
        scopes(scopes),
        Duration.ofDays(expiresInDays));
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
}
