package dev.cofferdam.node.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The access token of a node, fetched when there is none that is good a while longer. */
final class AccessTokens {
  /** It has to arrive before it is over. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final String PATH = "/oauth/token";
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final Wire wire;
  private final Proofs proofs;
  private final UUID node;
  private final Clock clock;
  private @Nullable Good good;

  private record Good(AccessToken token, Instant until) {}

  AccessTokens(Wire wire, Proofs proofs, UUID node, Clock clock) {
    this.wire = wire;
    this.proofs = proofs;
    this.node = node;
    this.clock = clock;
  }

  /** One that is good; or what the server answered that gave none. */
  synchronized Fetched get() throws IOException, InterruptedException {
    Good known = good;
    if (known != null && clock.instant().isBefore(known.until())) {
      return new Fetched.Token(known.token());
    }
    Instant asked = clock.instant();
    Reply reply =
        wire.send(
            "POST",
            PATH,
            Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "DPoP",
                proofs.ofRequest("POST", PATH)),
            form(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                ASSERTION,
                "client_assertion",
                proofs.ofClient(node.toString())));
    if (!reply.isDone()) {
      return new Fetched.None(reply);
    }
    String seconds = reply.member("expires_in");
    Duration goodFor =
        Duration.ofSeconds(seconds.matches("[0-9]{1,6}") ? Long.parseLong(seconds) : 0);
    AccessToken token = new AccessToken(reply.member("access_token"));
    good = new Good(token, asked.plus(goodFor).minus(MARGIN));
    return new Fetched.Token(token);
  }

  /** Forgets one that was refused. */
  synchronized void forget() {
    good = null;
  }

  /** What became of the wish for one. */
  sealed interface Fetched {
    record Token(AccessToken token) implements Fetched {}

    record None(Reply reply) implements Fetched {}
  }

  private static String form(String... fields) {
    StringBuilder form = new StringBuilder();
    for (int n = 0; n < fields.length; n += 2) {
      form.append(n == 0 ? "" : "&")
          .append(fields[n])
          .append('=')
          .append(URLEncoder.encode(fields[n + 1], UTF_8));
    }
    return form.toString();
  }
}
