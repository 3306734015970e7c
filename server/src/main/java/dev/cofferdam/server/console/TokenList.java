package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.token.BearerToken;
import dev.cofferdam.server.identity.token.TokenView;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the pages of people's and of services' tokens have in common. */
@Component
final class TokenList {
  /** What a form offers. */
  private static final List<Integer> DAYS = List.of(7, 30, 90, 366);

  private final Clock clock;

  TokenList(Clock clock) {
    this.clock = clock;
  }

  /**
   * The model of the template {@code tokens}.
   *
   * @param path of the page
   * @param roles that a new service may have; empty where the tokens are one's own
   * @param maker whether the reader may make and end them
   * @param wrong what was wrong with a form that was sent, or empty
   */
  Map<String, Object> model(
      String path, Page<TokenView> found, List<String> roles, boolean maker, String wrong) {
    Instant now = clock.instant();
    return Map.of(
        "path",
        path,
        "tokens",
        found.items().stream().map(one -> line(one, now)).toList(),
        "roles",
        roles,
        "maker",
        maker,
        "scopes",
        Arrays.stream(TokenScope.values()).map(TokenScope::text).toList(),
        "days",
        DAYS,
        "wrong",
        wrong,
        "next",
        found.last() == null ? "" : path + "?after=" + found.last());
  }

  private static TokenLine line(TokenView one, Instant now) {
    return new TokenLine(
        one.id().toString(),
        one.label(),
        one.service().map(service -> Words.of(service.role())).orElse(""),
        String.join(", ", one.scopes()),
        one.usedAt().map(Instant::toString).orElse(null),
        one.usedAt().map(Words::of).orElse(null),
        one.expiresAt().toString(),
        Words.of(one.expiresAt()),
        !now.isBefore(one.expiresAt()));
  }

  /** The model of the template {@code token_made}. */
  static Map<String, Object> made(String path, TokenView token, BearerToken secret) {
    return Map.of(
        "path",
        path,
        "label",
        token.label(),
        "secret",
        secret.text(),
        "expires",
        Words.of(token.expiresAt()));
  }

  /** What was sent in a form; empty when it is no wish. */
  static Optional<TokenWish> wish(String label, @Nullable List<String> scopes, int days) {
    Set<TokenScope> known = EnumSet.noneOf(TokenScope.class);
    for (String scope : scopes == null ? List.<String>of() : scopes) {
      Optional<TokenScope> one = TokenScope.of(scope);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      known.add(one.get());
    }
    return known.isEmpty() || !DAYS.contains(days)
        ? Optional.empty()
        : TokenWish.label(label).map(named -> new TokenWish(named, known, Duration.ofDays(days)));
  }
}
