package dev.cofferdam.server.oauth.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table {@code public-issuers}: who signs tokens for everybody, so that a rule has to name
 * whose program it means.
 */
final class PublicIssuers {
  private final Map<String, Set<String>> claims;

  private PublicIssuers(Map<String, Set<String>> claims) {
    this.claims = Map.copyOf(claims);
  }

  static PublicIssuers read() {
    try (InputStream table = PublicIssuers.class.getResourceAsStream("public-issuers")) {
      Map<String, Set<String>> claims = new HashMap<>();
      new String(Objects.requireNonNull(table).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+"))
          .forEach(
              words ->
                  claims.put(
                      words[0],
                      Arrays.stream(words).skip(1).collect(Collectors.toUnmodifiableSet())));
      return new PublicIssuers(claims);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether these conditions say whose program is meant, where the issuer signs for everybody. */
  boolean allow(String issuer, List<Condition> conditions) {
    Set<String> owners = claims.get(issuer);
    return owners == null || conditions.stream().map(Condition::claim).anyMatch(owners::contains);
  }
}
