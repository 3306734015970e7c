package dev.cofferdam.bench;

import dev.cofferdam.review.identity.KeyedClient;
import dev.cofferdam.review.web.Browser;
import dev.cofferdam.server.identity.token.Credentials;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What access tokens cost: to get one at the token endpoint, over HTTP, and to be known by one that
 * was verified before.
 */
final class AccessTokens implements AutoCloseable {
  static final String ISSUED = "access token issued";
  static final String SHOWN = "access token shown again, one thread";

  /** No client of a measurement is to be stopped. */
  static final Map<String, Object> LIMITS = limits();

  /** How many clients ask at once, each with a key of its own. */
  static final int CLIENTS = 8;

  private static final String OURS = "by an assertion";
  private static final String THEIRS = "by an assertion, at Keycloak";
  private static final int TOKENS = 50;

  // So that the clock of the measurement does not count.
  private static final int TIMES = 1_000;

  private static final String HASH = "SHA-256";

  private final House house;
  private final Lines lines;
  private final KeyedClient client;
  private final List<SigningClient> clients;

  AccessTokens(House house) {
    this.house = house;
    this.lines = new Lines(house.site());
    try (Browser ada = Guests.signedInWithTwoFactors(house.site(), "ada")) {
      Guests.found(ada, "clients");
      client = KeyedClient.of(ada, "member", "tenant:read");
      clients =
          IntStream.range(0, CLIENTS).mapToObj(number -> SigningClient.registered(ada)).toList();
    }
  }

  private static Map<String, Object> limits() {
    Map<String, Object> limits = new HashMap<>(Requests.LIMITS);
    for (String by : List.of("principal", "tenant", "address")) {
      limits.put(
          "cofferdam.limits.overrides.issue." + by,
          by.equals("tenant") ? "20000000 per 1m burst 2000000" : "10000000 per 1m burst 1000000");
    }
    return limits;
  }

  /** Tokens of {@code client_credentials}; each time a client signs an assertion anew. */
  Contest issued() {
    return issued(List.of(asking(OURS, clients, lines)), List.of());
  }

  /** The same in turns with a Keycloak, which is asked in the same way. */
  Contest issuedBeside(Keycloak keycloak, Lines there) {
    return issued(
        List.of(asking(OURS, clients, lines), asking(THEIRS, keycloak.clients(), there)),
        List.of(
            Bar.ratio(
                "access tokens issued, recorded, against Keycloak's, which are not",
                OURS,
                THEIRS,
                1.0,
                1.5)));
  }

  private static Contest issued(List<Contender> contenders, List<Bar> more) {
    List<Bar> bars = new ArrayList<>();
    bars.add(
        Bar.rate("access tokens issued a second over HTTP, with their record", OURS, 500, 1_000));
    bars.addAll(more);
    return new Contest(ISSUED, CLIENTS, contenders, bars, Callers.of(CLIENTS));
  }

  private static Contender asking(String name, List<SigningClient> clients, Lines lines) {
    return new Contender(name, item -> lines.ask(clients.get(item % CLIENTS).asking(), 200));
  }

  /** Known by a token that was verified before. */
  Contest shown() throws NoSuchAlgorithmException {
    Credentials credentials = house.bean(Credentials.class);
    try (Browser nobody = new Browser(house.site(), Map.of(), "", () -> {})) {
      List<String> tokens =
          IntStream.range(0, TOKENS).mapToObj(number -> client.token(nobody)).toList();
      List<HttpServletRequest> requests =
          tokens.stream()
              .<HttpServletRequest>map(token -> new ShownTokens.Bearing(token, house.site()))
              .toList();
      MessageDigest hash = MessageDigest.getInstance(HASH);
      byte[] token = tokens.getFirst().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      return new Contest(
          SHOWN,
          TOKENS,
          List.of(
              new Contender("its hash alone", item -> hashes(hash, token), TIMES),
              new Contender(
                  "known", item -> ShownTokens.known(credentials, requests, item), TIMES)),
          List.of(
              Bar.rate(
                  "access tokens shown again a second, by one thread", "known", 200_000, 400_000)),
          Callers.ONE);
    }
  }

  private static void hashes(MessageDigest hash, byte[] token) {
    int sum = 0;
    for (int time = 0; time < TIMES; time++) {
      sum |= hash.digest(token).length;
    }
    if (sum != 32) {
      throw new IllegalStateException("a hash has 32 bytes");
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
