package dev.cofferdam.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.surface.SessionId;
import dev.cofferdam.server.tenancy.Purpose;
import dev.cofferdam.server.tenancy.Scope;
import dev.cofferdam.server.tenancy.Scopes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Seals profiles into the rows of their sessions, and opens them. */
final class Profiles {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final Scope KEYRING = new Scope.OfPlatform(new Purpose("keyring"));
  private static final long NEVER_CHANGED = 1;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Of somebody of whom nothing is known, or nothing any more. */
  static final Profile UNKNOWN = new Profile(null, null);

  private final ColumnCipher cipher;

  Profiles(ColumnCipher cipher) {
    this.cipher = cipher;
  }

  byte[] seal(SessionId session, Profile profile) {
    return Scopes.call(KEYRING, () -> seal(cipher, cell(session), profile));
  }

  static byte[] seal(ColumnCipher cipher, ColumnCipher.Cell cell, Profile profile) {
    byte[] plain = JSON.writeValueAsBytes(profile);
    try {
      return cipher.seal(cell, plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Empty fields where the key is gone: that was the point of destroying it. */
  Profile open(SessionId session, byte @Nullable [] sealed) {
    if (sealed == null) {
      return UNKNOWN;
    }
    return read(Scopes.call(KEYRING, () -> cipher.open(cell(session), sealed)));
  }

  static Profile read(Opening opening) {
    return switch (opening) {
      case Opening.Opened opened -> {
        try (SecretBytes plain = opened.plaintext()) {
          yield plain.lend(
              ACCESS, bytes -> JSON.readValue(new String(bytes, UTF_8), Profile.class));
        }
      }
      case Opening.Refused refused -> UNKNOWN;
    };
  }

  private static ColumnCipher.Cell cell(SessionId session) {
    return new ColumnCipher.Cell("identity.session.profile_sealed", session.value(), NEVER_CHANGED);
  }
}
