package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.token.BearerToken;
import dev.cofferdam.server.identity.token.TokenChange;
import dev.cofferdam.server.identity.token.TokenView;
import dev.cofferdam.server.identity.token.TokenWish;
import dev.cofferdam.server.surface.Page;
import dev.cofferdam.server.surface.Recorded;
import dev.cofferdam.server.surface.TokenScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the pages of tokens have in common. */
@Component
final class TokenList {
  /** What is said of a form that is none. */
  static final String NO_WISH = "Write a label, and tick what it is for.";

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
    return Map.of(
        "list",
        of(path, found, maker),
        "form",
        new TokenForm("", List.of(), wrong),
        "roles",
        roles);
  }

  /**
   * One page of them.
   *
   * @param path of the page
   * @param ends whether the reader may end them
   */
  TokenLines of(String path, Page<TokenView> found, boolean ends) {
    Instant now = clock.instant();
    return new TokenLines(
        path,
        found.items().stream().map(one -> line(one, now)).toList(),
        ends,
        found.last() == null ? "" : path + "?after=" + found.last());
  }

  private static TokenLine line(TokenView one, Instant now) {
    return new TokenLine(
        one.id().toString(),
        one.label(),
        one.service().map(service -> Words.of(service.role())).orElse(""),
        String.join(", ", one.scopes()),
        one.createdAt().toString(),
        Words.of(one.createdAt()),
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

  /**
   * What a form that makes a token answers: the token, or the form again.
   *
   * @param shown the page with the token
   * @param again the page with the form, and the sentence of what was wrong
   */
  static Object answered(
      TokenChange change,
      Function<TokenChange.Made, Recorded<String>> shown,
      Function<String, String> again) {
    return switch (change) {
      case TokenChange.Made made -> shown.apply(made);
      case TokenChange.TooMany many ->
          again.apply("There are as many tokens as there may be. Revoke one first.");
      case TokenChange.TooLong tooLong -> again.apply("Tokens are not good for that long here.");
      case TokenChange.Refused refused -> throw refused.refusal().thrown();
      case TokenChange.Revoked revoked -> throw new IllegalStateException("it was to be made");
    };
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
    return known.isEmpty() || !TokenForm.DAYS.contains(days)
        ? Optional.empty()
        : TokenWish.label(label).map(named -> new TokenWish(named, known, Duration.ofDays(days)));
  }
}
