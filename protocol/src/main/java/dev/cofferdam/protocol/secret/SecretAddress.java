package dev.cofferdam.protocol.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * To whom a sealed secret goes, and as what. Both ends know it and it is not in the message: the
 * one that opens says for itself which secret it asked for, and what was sealed for another does
 * not open.
 *
 * @param keyId names the node's receiving key: its thumbprint (RFC 7638), which both ends work out
 * @param version of the secret, from 1
 */
public record SecretAddress(
    UUID tenant, UUID node, String keyId, UUID project, SecretName name, long version) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

  public SecretAddress {
    if (!KEY.matcher(keyId).matches()) {
      throw new IllegalArgumentException("a key is named by its thumbprint in base64url");
    }
    if (version < 1) {
      throw new IllegalArgumentException("the first version of a secret is 1");
    }
  }

  // INVARIANT: no part can hold a slash of its own, so no two addresses give the same bytes.

  /** Who may open it: {@code info} of RFC 9180. */
  byte[] info() {
    return ("cofferdam/1/secret/" + tenant + "/" + node + "/" + keyId).getBytes(US_ASCII);
  }

  /** As what: the authenticated data. */
  byte[] aad() {
    return (project + "/" + name + "/" + version).getBytes(US_ASCII);
  }
}
