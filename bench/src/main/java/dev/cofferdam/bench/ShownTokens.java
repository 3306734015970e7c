package dev.cofferdam.bench;

import dev.cofferdam.review.web.Browser;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Site;
import dev.cofferdam.server.identity.token.Credentials;
import dev.cofferdam.server.surface.Authentication;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a token costs that was shown before: form, MAC and look-up, as {@link Credentials} do it for
 * every request; beside the one HMAC without which none is told from a forged one.
 */
final class ShownTokens {
  static final String TITLE = "token shown again, one thread";

  /** So many are made at one go. */
  static final Map<String, Object> LIMITS =
      Map.of(
          "cofferdam.limits.overrides.token.principal", "10000 per 1m burst 1000",
          "cofferdam.limits.overrides.token.tenant", "20000 per 1m burst 2000");

  private static final int TOKENS = 50;

  // So that the clock of the measurement does not count.
  private static final int TIMES = 1_000;

  private static final String MAC = "HmacSHA256";

  /** The label and the random half. */
  private static final byte[] MESSAGE = new byte[48];

  private ShownTokens() {}

  static Contest contest(House house) throws GeneralSecurityException {
    Credentials credentials = house.bean(Credentials.class);
    List<HttpServletRequest> requests = requests(house);
    Mac mac = Mac.getInstance(MAC);
    mac.init(new SecretKeySpec(new byte[32], MAC));
    return new Contest(
        TITLE,
        TOKENS,
        List.of(
            new Contender("its HMAC alone, keyed once", item -> macs(mac), TIMES),
            new Contender("known", item -> known(credentials, requests, item), TIMES)),
        List.of(
            Bar.rate(
                "tokens shown again and verified a second, by one thread",
                "known",
                200_000,
                400_000)),
        Callers.ONE);
  }

  private static void macs(Mac mac) {
    int sum = 0;
    for (int time = 0; time < TIMES; time++) {
      sum |= mac.doFinal(MESSAGE).length;
    }
    if (sum != 32) {
      throw new IllegalStateException("a MAC has 32 bytes");
    }
  }

  static void known(Credentials credentials, List<HttpServletRequest> requests, int item) {
    for (int time = 0; time < TIMES; time++) {
      HttpServletRequest request = requests.get((item + time) % TOKENS);
      if (!(credentials.authenticate(request) instanceof Authentication.Known)) {
        throw new IllegalStateException("a token is not known");
      }
    }
  }

  private static List<HttpServletRequest> requests(House house) {
    try (Browser ada = Guests.signedInWithTwoFactors(house.site(), "ada")) {
      Guests.found(ada, "tokens");
      return IntStream.range(0, TOKENS)
          .<HttpServletRequest>mapToObj(number -> new Bearing(made(ada, number), house.site()))
          .toList();
    }
  }

  private static String made(Browser ada, int number) {
    Ask ask =
        Ask.of("POST", "/v1/tokens")
            .json(
                Map.of(
                    "label",
                    "bench " + number,
                    "scopes",
                    List.of("tenant:read"),
                    "expires_in_days",
                    1));
    return Guests.done(ada, ask).member("token");
  }

  /**
   * A request as far as it is looked at. What the container does to read one is not measured here.
   */
  static final class Bearing extends HttpServletRequestWrapper {
    private static final HttpServletRequest NOTHING =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method + " is not expected");
                });

    private final List<String> fields;
    private final Site site;

    Bearing(String token, Site site) {
      super(NOTHING);
      this.fields = List.of("Bearer " + token);
      this.site = site;
    }

    @Override
    public String getScheme() {
      return "http";
    }

    @Override
    public String getServerName() {
      return site.host();
    }

    @Override
    public int getServerPort() {
      return site.port();
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return Collections.enumeration(fields);
    }

    @Override
    public Cookie @Nullable [] getCookies() {
      return null;
    }
  }
}
