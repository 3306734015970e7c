package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.server.egress.Outgoing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The secret that was agreed on with an identity provider. It stays where it is kept and is read
 * for each request, so that it can be changed without a restart and is in memory for a moment only.
 */
final class ClientSecret implements ClientAuthentication {
  private static final int SHORTEST = 16;

  private final String place;
  private final Source source;

  /** Where the secret is read each time. */
  private interface Source {
    String read() throws IOException;
  }

  ClientSecret(Path file) {
    this.place = "`" + file + "`";
    this.source = () -> read(file);
  }

  /**
   * @param sealed opens it where it is kept
   */
  ClientSecret(Supplier<String> sealed) {
    this.place = "the database";
    this.source = sealed::get;
  }

  /**
   * @throws IllegalArgumentException naming the setting, when the file holds no secret
   */
  static void check(Path file) {
    try {
      if (read(file).length() >= SHORTEST) {
        return;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cofferdam.idp.client-secret-file names `" + file + "`, which cannot be read", e);
    }
    throw new IllegalArgumentException(
        "cofferdam.idp.client-secret-file names `%s`, whose secret is shorter than %d characters"
            .formatted(file, SHORTEST));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  @Override
  public Outgoing request(
      ProviderMetadata provider,
      String clientId,
      Map<String, String> fields,
      int mostBytes,
      Instant now) {
    String secret;
    try {
      secret = source.read();
    } catch (IOException e) {
      throw new UncheckedIOException("the client secret cannot be read any more", e);
    }
    Set<String> ways = provider.clientAuthentications();
    if (ways.contains("client_secret_post") && !ways.contains("client_secret_basic")) {
      fields.put("client_id", clientId);
      fields.put("client_secret", secret);
      return Outgoing.form(provider.tokenEndpoint().toString(), fields, mostBytes);
    }
    // RFC 6749, section 2.3.1: each half is encoded before they are joined.
    String joined = URLEncoder.encode(clientId, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
    return Outgoing.form(provider.tokenEndpoint().toString(), fields, mostBytes)
        .with(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(joined.getBytes(UTF_8)));
  }

  @Override
  public String toString() {
    return "client secret in " + place;
  }
}
