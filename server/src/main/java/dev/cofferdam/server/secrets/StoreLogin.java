package dev.cofferdam.server.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** By which token this server is known to the second store. Safe for use by many threads. */
final class StoreLogin {
  private static final Logger LOG = LoggerFactory.getLogger(StoreLogin.class);
  private static final int MOST_BYTES = 64 << 10;
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Egress egress;
  private final SecretStoreSettings settings;
  private final String origin;
  private final InstantSource clock;
  private @Nullable StoreToken token;
  private Instant until = Instant.MIN;

  StoreLogin(Egress egress, SecretStoreSettings settings, String origin, InstantSource clock) {
    this.egress = egress;
    this.settings = settings;
    this.origin = origin;
    this.clock = clock;
  }

  /** A token that may be good; empty when there is none to be had now. */
  Optional<StoreToken> token() {
    Path file = settings.tokenFile();
    return file != null ? read(file).map(StoreToken::new) : ofRole();
  }

  /** This one was refused: another is wanted, should there be one. */
  synchronized void refused(StoreToken one) {
    if (token == one) {
      token = null;
    }
  }

  /** By one thread at a time: the others wait for its token. */
  private synchronized Optional<StoreToken> ofRole() {
    if (token == null || !clock.instant().isBefore(until)) {
      token = loggedIn().orElse(null);
    }
    return Optional.ofNullable(token);
  }

  private Optional<StoreToken> loggedIn() {
    Path file = settings.secretIdFile();
    Optional<String> secretId = file == null ? Optional.empty() : read(file);
    if (secretId.isEmpty()) {
      return Optional.empty();
    }
    Instant asked = clock.instant();
    Outcome outcome =
        egress.send(
            Outgoing.json(
                origin + "/v1/auth/" + settings.loginMount() + "/login",
                JsonMapper.shared()
                    .writeValueAsString(
                        Map.of(
                            "role_id",
                            String.valueOf(settings.roleId()),
                            "secret_id",
                            secretId.get())),
                MOST_BYTES));
    if (!(outcome instanceof Outcome.Answered answered) || answered.status() != 200) {
      LOG.warn("The secret store lets nobody in: {}", outcome);
      return Optional.empty();
    }
    try {
      JsonNode auth = JsonMapper.shared().readTree(answered.body()).path("auth");
      Duration lease = Duration.ofSeconds(Math.max(0, auth.path("lease_duration").asLong(0)));
      // Before it is over; one that never is, is asked for again all the same.
      until =
          asked.plus(
              lease.isZero() || lease.compareTo(LONGEST) > 0
                  ? LONGEST
                  : lease.multipliedBy(3).dividedBy(4));
      return Optional.of(auth.path("client_token").asString(""))
          .filter(text -> !text.isEmpty())
          .map(StoreToken::new);
    } catch (JacksonException none) {
      LOG.warn("The secret store lets nobody in: what it answered is no JSON");
      return Optional.empty();
    }
  }

  private static Optional<String> read(Path file) {
    try {
      String text = Files.readString(file, UTF_8).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      LOG.warn("`{}`, which is to let us into the secret store, cannot be read", file);
      return Optional.empty();
    }
  }
}
