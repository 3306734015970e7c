package dev.cofferdam.server.audit.witness;

import dev.cofferdam.protocol.log.NoteKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code cofferdam.audit.witness.*}.
 *
 * @param url of a witness (C2SP tlog-witness) that cosigns what is mirrored, such as
 *     `https://witness.example`; none when absent
 * @param publicKey of that witness: name+id+key, as `cofferdam-node witness` prints it
 */
@ConfigurationProperties("cofferdam.audit.witness")
public record WitnessSettings(@Nullable String url, @Nullable String publicKey) {
  // By what is written, and never by what a resolver says.
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|\\[::1]|127(\\.\\d{1,3}){3}");

  public WitnessSettings {
    if ((url == null) != (publicKey == null)) {
      throw new IllegalArgumentException(
          "cofferdam.audit.witness.url and cofferdam.audit.witness.public-key must both be there, or neither");
    }
    if (publicKey != null) {
      try {
        NoteKey.parse(publicKey);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "cofferdam.audit.witness.public-key must be a key as `cofferdam-node witness` prints it",
            e);
      }
    }
    if (url != null) {
      requireEncrypted(url);
      url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
  }

  /** INVARIANT: what leaves this machine is encrypted, and whoever gets it is verified. */
  private static void requireEncrypted(String url) {
    URI uri = null;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // Said below.
    }
    boolean encrypted =
        uri != null
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && ("https".equals(uri.getScheme())
                || "http".equals(uri.getScheme()) && THIS_MACHINE.matcher(uri.getHost()).matches());
    if (!encrypted) {
      throw new IllegalArgumentException(
          "cofferdam.audit.witness.url must begin with `https://`, without a user in it; with `http://` it is for a witness on this machine alone");
    }
  }
}
