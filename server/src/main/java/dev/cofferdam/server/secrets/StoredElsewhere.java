package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.protocol.secret.SealedSecret;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Values that lie in an OpenBao or Vault (KV, version 2), where whoever runs the platform has said:
 * those of a tenant below a path of its own. Asked each time, and nothing of it is kept. Safe for
 * use by many threads.
 */
final class StoredElsewhere implements ValueStore {
  private static final Logger LOG = LoggerFactory.getLogger(StoredElsewhere.class);
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** So that a store which hangs does not take the one way out from everything else. */
  static final int AT_ONCE = 16;

  /** In JSON a byte is six characters at worst; and there is more than the value. */
  private static final int MOST_BYTES = 6 * SealedSecret.LONGEST_VALUE + (64 << 10);

  private final Egress egress;
  private final SecretStoreSettings settings;
  private final String origin;
  private final @Nullable StoreLogin login;
  private final Semaphore places = new Semaphore(AT_ONCE);

  StoredElsewhere(Egress egress, SecretStoreSettings settings, InstantSource clock) {
    this.egress = egress;
    this.settings = settings;
    @Nullable URI address = settings.address();
    this.origin = address == null ? "" : address.toString();
    this.login = address == null ? null : new StoreLogin(egress, settings, origin, clock);
    if (address != null && !egress.admits(origin + "/")) {
      throw new IllegalArgumentException(
          "`cofferdam.secret-store.address` is `%s`, where this server may not go: name its host and port in `cofferdam.egress.allowed`, and have it speak https unless it is this machine."
              .formatted(address));
    }
  }

  /** Whether there is such a store, so that a secret can refer to it. */
  boolean isThere() {
    return login != null;
  }

  @Override
  public Found open(NodeReadRows.Row row, ProjectId project, OptionalLong version) {
    if (login == null) {
      LOG.warn("Secret {} is in a secret store that the settings no longer name", row.secret());
      return new Found.Unavailable();
    }
    if (!hasPlace()) {
      return new Found.Unavailable();
    }
    try {
      return asked(row, Objects.requireNonNull(row.reference()), version, login);
    } finally {
      places.release();
    }
  }

  private boolean hasPlace() {
    return places.tryAcquire();
  }

  private Found asked(
      NodeReadRows.Row row, Reference reference, OptionalLong version, StoreLogin login) {
    String url = url(row, reference, version);
    Optional<StoreToken> token = login.token();
    Outcome outcome = token.isEmpty() ? null : asked(url, token.get());
    if (token.isPresent() && isRefused(outcome)) {
      // Perhaps it is the token alone that is over.
      login.refused(token.get());
      token = login.token();
      outcome = token.isEmpty() ? null : asked(url, token.get());
    }
    return outcome instanceof Outcome.Answered answered
        ? found(answered, row, reference, version)
        : new Found.Unavailable();
  }

  // INVARIANT: whose it is comes from the row that was decided on, and stands before what a tenant
  // wrote; of that no part climbs.
  private String url(NodeReadRows.Row row, Reference reference, OptionalLong version) {
    String url =
        origin
            + "/v1/"
            + settings.mount()
            + "/data/"
            + settings.prefix()
            + "/"
            + row.owner()
            + "/"
            + reference.path();
    return version.isPresent() ? url + "?version=" + version.getAsLong() : url;
  }

  private Outcome asked(String url, StoreToken token) {
    return egress.send(Outgoing.get(url, MOST_BYTES).with("X-Vault-Token", token.text()));
  }

  private static boolean isRefused(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.Answered answered && answered.status() == FORBIDDEN;
  }

  private static Found found(
      Outcome.Answered answered, NodeReadRows.Row row, Reference reference, OptionalLong version) {
    byte[] body = answered.body();
    try {
      return switch (answered.status()) {
        case OK -> opened(body, row, reference, version);
        case NOT_FOUND -> missing(body, reference);
        default -> {
          LOG.warn("The secret store cannot be read: {}", answered);
          yield new Found.Unavailable();
        }
      };
    } catch (JacksonException none) {
      LOG.warn("The secret store cannot be read: what it answered is not what it answers");
      return new Found.Unavailable();
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static Found opened(
      byte[] body, NodeReadRows.Row row, Reference reference, OptionalLong version) {
    try (StoreAnswer answer = StoreAnswer.of(body, reference.field())) {
      if (!answer.isOfSome()) {
        return new Found.Unavailable();
      }
      @Nullable SecretBytes value = answer.takeValue();
      if (value == null) {
        return new Found.NoSuchVersion();
      }
      if (value.length() > SealedSecret.LONGEST_VALUE || !isAskedFor(version, answer.version())) {
        value.close();
        throw new UnopenableValueException(row.secret(), answer.version());
      }
      return new Found.Opened(answer.version(), value);
    }
  }

  private static boolean isAskedFor(OptionalLong version, long answered) {
    return version.isEmpty() || version.getAsLong() == answered;
  }

  /** What was deleted or destroyed there is told from what never was by what is known of it. */
  private static Found missing(byte[] body, Reference reference) {
    try (StoreAnswer answer = StoreAnswer.of(body, reference.field())) {
      return answer.isOfSome() ? new Found.Gone() : new Found.NoSuchVersion();
    }
  }
}
