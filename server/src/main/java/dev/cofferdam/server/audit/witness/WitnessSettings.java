package dev.cofferdam.server.audit.witness;

import dev.cofferdam.protocol.log.NoteKey;
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
      url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
  }
}
