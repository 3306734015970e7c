package dev.cofferdam.server.keyring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.egress.Egress;
import dev.cofferdam.server.egress.Outcome;
import dev.cofferdam.server.egress.Outgoing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked of an OpenBao or Vault for a root key: to wrap it and to unwrap it under one key of
 * its transit engine, and to let the token go on. Each call is one request, and is not tried again.
 * To be closed.
 */
final class Transit implements AutoCloseable {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final int MOST_BYTES = 64 << 10;
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4000}");
  private static final Pattern CIPHERTEXT =
      Pattern.compile("[a-z]{2,16}:v[1-9][0-9]{0,8}:[A-Za-z0-9+/=]{16,2048}");

  private final TransitSettings settings;
  private final URI address;
  private final Path tokenFile;
  private final Egress egress;

  Transit(TransitSettings settings) {
    this.settings = settings;
    this.address = Objects.requireNonNull(settings.address(), "address");
    this.tokenFile = Objects.requireNonNull(settings.tokenFile(), "token file");
    this.egress =
        Egress.toOne(address, "cofferdam.keyring.transit.trusted-roots", settings.trustedRoots());
  }

  /** Whether this can be a ciphertext of a transit engine. It names the version of its key. */
  static boolean isCiphertext(String text) {
    return CIPHERTEXT.matcher(text).matches();
  }

  /** The version of the key under which a ciphertext stands, such as {@code v3}. */
  static String keyVersion(String ciphertext) {
    return ciphertext.split(":", 3)[1];
  }

  /** Wraps, bound to {@code associated}. */
  String encrypt(SecretBytes plaintext, byte[] associated) {
    byte[] body =
        plaintext.lend(
            ACCESS,
            bytes -> {
              byte[] encoded = Base64.getEncoder().encode(bytes);
              try {
                return body("plaintext", encoded, associated);
              } finally {
                Arrays.fill(encoded, (byte) 0);
              }
            });
    try (TransitAnswer answer = asked("encrypt", body)) {
      String ciphertext = answer.ciphertext();
      if (!isCiphertext(ciphertext)) {
        throw unusable();
      }
      return ciphertext;
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  /** Unwraps what {@link #encrypt} made with the same {@code associated}. */
  SecretBytes decrypt(String ciphertext, byte[] associated) {
    try (TransitAnswer answer =
        asked("decrypt", body("ciphertext", ciphertext.getBytes(US_ASCII), associated))) {
      return answer.takePlaintext().orElseThrow(this::unusable);
    }
  }

  /** What came of the wish that the token goes on. */
  sealed interface Renewal {
    /** It is good for so long from now; zero when it never ends. */
    record Renewed(Duration lease) implements Renewal {}

    /** It is none that can be renewed: somebody else sees to the file. */
    record Refused(int status) implements Renewal {}

    /** It cannot be known now. */
    record Unavailable(String why) implements Renewal {}
  }

  Renewal renewToken() {
    Outcome outcome;
    try {
      outcome =
          egress.send(
              Outgoing.json(address + "/v1/auth/token/renew-self", "{}", MOST_BYTES)
                  .with("X-Vault-Token", token()));
    } catch (KeyringRefusedException unreadable) {
      return new Renewal.Unavailable(String.valueOf(unreadable.getMessage()));
    }
    if (!(outcome instanceof Outcome.Answered answered)) {
      return new Renewal.Unavailable(why(outcome));
    }
    if (answered.status() / 100 == 4) {
      return new Renewal.Refused(answered.status());
    }
    try {
      JsonNode lease =
          JsonMapper.shared().readTree(answered.body()).path("auth").path("lease_duration");
      return answered.status() == 200 && lease.isIntegralNumber() && lease.asLong() >= 0
          ? new Renewal.Renewed(Duration.ofSeconds(lease.asLong()))
          : new Renewal.Unavailable("it answered with " + answered.status());
    } catch (JacksonException none) {
      return new Renewal.Unavailable("what it answered is no JSON");
    }
  }

  private TransitAnswer asked(String what, byte[] body) {
    Outcome outcome =
        egress.send(
            Outgoing.json(
                    address + "/v1/" + settings.mount() + "/" + what + "/" + settings.keyName(),
                    body,
                    MOST_BYTES)
                .with("X-Vault-Token", token()));
    if (!(outcome instanceof Outcome.Answered answered)) {
      throw new KeyringRefusedException(
          "The key service at `%s`, without which there is no root key, cannot be used: %s. Start it, or correct cofferdam.keyring.transit."
              .formatted(address, why(outcome)));
    }
    byte[] answer = answered.body();
    try {
      if (answered.status() != 200) {
        throw new KeyringRefusedException(
            "The key service at `%s` answers %s: %s."
                .formatted(address, answered.status(), meaning(answered.status())));
      }
      return TransitAnswer.of(answer);
    } catch (JacksonException none) {
      throw unusable();
    } finally {
      Arrays.fill(answer, (byte) 0);
    }
  }

  private String meaning(int status) {
    return switch (status) {
      case 403 ->
          "it does not let the token in `%s` use the key `%s` at `%s`"
              .formatted(tokenFile, settings.keyName(), settings.mount());
      case 400 ->
          "what is asked of the key `%s` is not of it, or that is of no type that binds associated data, as aes256-gcm96 does"
              .formatted(settings.keyName());
      case 404 -> "it has no transit engine at `%s`".formatted(settings.mount());
      case 503 -> "it is sealed or not ready";
      default -> "nothing that can be used";
    };
  }

  private static String why(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> "it answered with " + answered.status();
      case Outcome.Refused(Outcome.Rule rule, String host) ->
          "this server may not go there (%s)".formatted(words(rule));
      case Outcome.Failed(Outcome.Cause cause, String host) ->
          cause == Outcome.Cause.UNTRUSTED
              ? "nobody whom this server trusts vouches for its certificate"
              : words(cause);
    };
  }

  private static String words(Enum<?> name) {
    return name.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  private KeyringRefusedException unusable() {
    return new KeyringRefusedException(
        "The key service at `%s` answered something else than a transit engine answers."
            .formatted(address));
  }

  /** Read each time, so that whoever renews it elsewhere may put another one there. */
  private String token() {
    try {
      new Ownership(
              tokenFile, "the token of the key service", "cofferdam.keyring.transit.token-file")
          .check();
      byte[] content = OwnFile.content(tokenFile);
      String token = new String(content, UTF_8).strip();
      Arrays.fill(content, (byte) 0);
      if (!TOKEN.matcher(token).matches()) {
        throw new KeyringRefusedException(
            "The token file `%s` of cofferdam.keyring.transit.token-file holds no token."
                .formatted(tokenFile));
      }
      return token;
    } catch (IOException e) {
      throw new KeyringRefusedException(
          "The token file `%s` of cofferdam.keyring.transit.token-file cannot be read."
              .formatted(tokenFile),
          e);
    }
  }

  /** INVARIANT: all three are base64 or of letters, digits and colons: nothing to escape. */
  private static byte[] body(String name, byte[] value, byte[] associated) {
    ByteArrayOutputStream body = new Clearing();
    body.writeBytes(("{\"" + name + "\":\"").getBytes(US_ASCII));
    body.writeBytes(value);
    body.writeBytes("\",\"associated_data\":\"".getBytes(US_ASCII));
    body.writeBytes(Base64.getEncoder().encode(associated));
    body.writeBytes("\"}".getBytes(US_ASCII));
    byte[] bytes = body.toByteArray();
    body.reset();
    return bytes;
  }

  /** Large enough never to grow, and cleared when it is reset. */
  private static final class Clearing extends ByteArrayOutputStream {
    private Clearing() {
      super(8192);
    }

    @Override
    public synchronized void reset() {
      Arrays.fill(buf, (byte) 0);
      super.reset();
    }
  }

  @Override
  public void close() {
    egress.close();
  }
}
