package dev.cofferdam.server.secrets;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.authz.ProjectId;
import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.SealedCells;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The values of secrets, as they are moved to another key of the ring {@code data}. One value at a
 * time is in memory. What was sealed of them for nodes stays: it is the same value.
 */
final class ValueCells implements SealedCells {
  static final String WHAT = "versions of secrets";

  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final UUID FIRST = new UUID(0, 0);

  private final VersionRows versions;
  private final ValueCipher cipher;

  ValueCells(VersionRows versions, ValueCipher cipher) {
    this.versions = versions;
    this.cipher = cipher;
  }

  @Override
  public KeyPurpose purpose() {
    return KeyPurpose.DATA;
  }

  @Override
  public String what() {
    return WHAT;
  }

  @Override
  public long under(KeyId key) {
    return versions.under(key);
  }

  /** By secrets, of which each is moved with all of its versions that there are. */
  @Override
  public Moved move(KeyId from, @Nullable UUID after, int most) {
    List<UUID> secrets = versions.secretsUnder(from, after == null ? FIRST : after, most);
    int moved = 0;
    int spoilt = 0;
    UUID last = null;
    for (UUID secret : secrets) {
      for (long version : versions.versionsUnder(from, secret)) {
        switch (moved(from, secret, version)) {
          case MOVED -> moved++;
          case SPOILT -> spoilt++;
          case GONE -> {}
        }
      }
      last = secret;
      if (moved + spoilt >= most) {
        return new Moved(moved, spoilt, last);
      }
    }
    return new Moved(moved, spoilt, secrets.size() < most ? null : last);
  }

  private enum Came {
    MOVED,
    SPOILT,
    GONE
  }

  private Came moved(KeyId from, UUID secret, long version) {
    Optional<VersionRows.Lying> found =
        versions.lying(secret, version).filter(lying -> lying.dataKeyId().equals(from.value()));
    if (found.isEmpty()) {
      return Came.GONE;
    }
    ValueCipher.Place place =
        new ValueCipher.Place(
            Tenants.current(),
            new ProjectId(found.get().projectId()),
            new SecretId(secret),
            version);
    Optional<Opening> opening =
        cipher.open(place, new SealedValue(from, found.get().valueSealed()));
    if (opening.isEmpty() || !(opening.get() instanceof Opening.Opened opened)) {
      return Came.SPOILT;
    }
    SealedValue anew;
    try (SecretBytes value = opened.plaintext()) {
      anew = value.lend(ACCESS, bytes -> cipher.seal(place, bytes));
    }
    return versions.replace(secret, version, from, anew) == 1 ? Came.MOVED : Came.GONE;
  }
}
