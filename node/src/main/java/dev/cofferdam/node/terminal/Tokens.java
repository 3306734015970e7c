package dev.cofferdam.node.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.node.client.RefusedByServerException;
import dev.cofferdam.node.client.Reply;
import dev.cofferdam.node.client.UnreachableServerException;
import dev.cofferdam.node.client.Wire;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a login begins, goes on and ends: the device flow (RFC 8628), refreshing, revocation. */
final class Tokens {
  /** Known to every server without being registered. */
  private static final String CLIENT = "cofferdam-cli";

  private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
  private static final Duration SLOWER = Duration.ofSeconds(5);

  /** It has to arrive before it is over. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Wire wire;
  private final Endpoints at;
  private final Patience patience;

  Tokens(Wire wire, Endpoints at, Patience patience) {
    this.wire = wire;
    this.at = at;
    this.patience = patience;
  }

  /** What the person does elsewhere. */
  @FunctionalInterface
  interface Shown {
    /**
     * @param code to be typed at {@code address}
     */
    void show(String code, String address, Duration goodFor);
  }

  /**
   * Has a person let this terminal act for them.
   *
   * @param scope all that there is when it is empty
   * @throws RefusedByServerException when they do not want it, or do not type the code in time
   */
  Login begin(Optional<String> scope, Shown shown) throws IOException {
    return login(
        answered(
            scope.isPresent()
                ? List.of("client_id", CLIENT, "scope", scope.get())
                : List.of("client_id", CLIENT),
            shown));
  }

  /**
   * Has a person make a token of their own for this terminal (RFC 9396).
   *
   * @param details of that token
   * @throws RefusedByServerException when they do not want it, or do not type the code in time
   */
  MadeToken make(String details, Shown shown) throws IOException {
    Reply made = answered(List.of("client_id", CLIENT, "authorization_details", details), shown);
    return new MadeToken(
        made.member("access_token"),
        patience.clock().instant().plus(seconds(made, "expires_in").orElse(Duration.ZERO)));
  }

  private Reply answered(List<String> asking, Shown shown) throws IOException {
    Reply asked = patience.send(() -> post(at.deviceEndpoint(), asking.toArray(String[]::new)));
    if (!asked.isDone()) {
      throw refused(asked);
    }
    Duration goodFor = seconds(asked, "expires_in").orElse(Duration.ZERO);
    shown.show(asked.member("user_code"), asked.member("verification_uri"), goodFor);
    return waited(
        asked.member("device_code"),
        seconds(asked, "interval").orElse(USUAL_INTERVAL),
        patience.clock().instant().plus(goodFor));
  }

  private Reply waited(String code, Duration first, Instant until) throws IOException {
    Duration interval = first;
    while (patience.clock().instant().isBefore(until)) {
      patience.sleep(interval);
      Optional<Reply> polled = polled(code);
      if (polled.isEmpty()) {
        // RFC 8628, section 3.5: whoever cannot reach the server waits longer.
        interval = interval.multipliedBy(2);
        continue;
      }
      Reply reply = polled.get();
      if (reply.isDone()) {
        return reply;
      }
      switch (reply.code()) {
        case "authorization_pending" -> {}
        case "slow_down" -> interval = interval.plus(SLOWER);
        case "access_denied" ->
            throw new RefusedByServerException(
                reply.status(), reply.code(), "It was not allowed in the browser.");
        case "expired_token" -> throw late();
        default -> throw refused(reply);
      }
    }
    throw late();
  }

  private static RefusedByServerException late() {
    return new RefusedByServerException(
        0, "expired_token", "Nobody typed the code in time: run the same command again.");
  }

  /** Empty when the server cannot be used at this moment: the code waits. */
  private Optional<Reply> polled(String code) throws IOException {
    try {
      Reply reply =
          post(at.tokenEndpoint(), "grant_type", DEVICE, "client_id", CLIENT, "device_code", code);
      return reply.isForNow() ? Optional.empty() : Optional.of(reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableServerException("told to stop", e);
    } catch (IOException unreachable) {
      return Optional.empty();
    }
  }

  /** The same login with what is good next, or itself when it is good a while longer. */
  Login fresh(Login login) throws IOException {
    if (patience.clock().instant().isBefore(login.until().minus(MARGIN))) {
      return login;
    }
    // Once, and not again: whether the server has taken it is not known when the answer is lost.
    Reply reply;
    try {
      reply =
          post(
              at.tokenEndpoint(),
              "grant_type",
              "refresh_token",
              "client_id",
              CLIENT,
              "refresh_token",
              login.refreshToken());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableServerException("told to stop", e);
    } catch (RefusedByServerException | UnreachableServerException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreachableServerException(String.valueOf(e.getMessage()), e);
    }
    if (reply.isForNow()) {
      throw new UnreachableServerException(
          "it answers %d %s".formatted(reply.status(), reply.code()));
    }
    if (reply.code().equals("invalid_grant")) {
      throw new RefusedByServerException(
          reply.status(),
          reply.code(),
          "The login has ended, here or on the page `Programs`: run `cofferdam login` again.");
    }
    if (!reply.isDone()) {
      throw refused(reply);
    }
    return login(reply);
  }

  /** Ends it at the server: nothing of it is good any more. */
  void end(Login login) throws IOException {
    Reply reply =
        patience.send(
            () ->
                post(at.revocationEndpoint(), "client_id", CLIENT, "token", login.refreshToken()));
    if (!reply.isDone()) {
      throw refused(reply);
    }
  }

  private Login login(Reply reply) {
    return new Login(
        at,
        reply.member("refresh_token"),
        reply.member("access_token"),
        patience.clock().instant().plus(seconds(reply, "expires_in").orElse(Duration.ZERO)));
  }

  private static RefusedByServerException refused(Reply reply) {
    String said = reply.member("error_description");
    return said.isEmpty()
        ? RefusedByServerException.of(reply)
        : new RefusedByServerException(reply.status(), reply.code(), "The server refused: " + said);
  }

  private static Optional<Duration> seconds(Reply reply, String member) {
    String text = reply.member(member);
    return text.matches("[0-9]{1,9}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  private Reply post(String path, String... fields) throws IOException, InterruptedException {
    StringBuilder form = new StringBuilder();
    for (int n = 0; n < fields.length; n += 2) {
      form.append(n == 0 ? "" : "&")
          .append(fields[n])
          .append('=')
          .append(URLEncoder.encode(fields[n + 1], UTF_8));
    }
    return wire.send(
        "POST", path, Map.of("Content-Type", "application/x-www-form-urlencoded"), form.toString());
  }
}
