package dev.cofferdam.server.identity.invite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cofferdam.protocol.crypto.Opening;
import dev.cofferdam.protocol.crypto.SecretAccess;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.server.identity.RingMac;
import dev.cofferdam.server.keyring.ColumnCipher;
import dev.cofferdam.server.mail.EmailAddress;
import dev.cofferdam.server.tenancy.Tenants;
import java.util.Optional;

/** The addresses of the bound tenant's invites: sealed, and told apart by a keyed hash. */
final class SealedAddresses {
  private static final SecretAccess ACCESS = SecretAccess.issue();
  private static final long NEVER_CHANGED = 1;

  private final ColumnCipher cipher;
  private final RingMac ring;

  SealedAddresses(ColumnCipher cipher, RingMac ring) {
    this.cipher = cipher;
    this.ring = ring;
  }

  byte[] seal(InviteId invite, EmailAddress address) {
    return cipher.seal(cell(invite), address.text().getBytes(US_ASCII));
  }

  ColumnCipher.Batch batch() {
    return cipher.batch();
  }

  /** Empty where the key is gone: that was the point of destroying it. */
  static Optional<EmailAddress> open(ColumnCipher.Batch batch, InviteId invite, byte[] sealed) {
    return switch (batch.open(cell(invite), sealed)) {
      case Opening.Opened opened -> {
        try (SecretBytes plain = opened.plaintext()) {
          yield EmailAddress.of(plain.lend(ACCESS, bytes -> new String(bytes, US_ASCII)));
        }
      }
      case Opening.Refused refused -> Optional.empty();
    };
  }

  Optional<EmailAddress> open(InviteId invite, byte[] sealed) {
    try (ColumnCipher.Batch batch = batch()) {
      return open(batch, invite, sealed);
    }
  }

  /** The same for the same address of the same tenant, while the ring is not rotated. */
  byte[] mac(EmailAddress address) {
    return ring.of(
        ("cofferdam/1/invite-address/" + Tenants.current() + "/" + address.text())
            .getBytes(US_ASCII));
  }

  private static ColumnCipher.Cell cell(InviteId invite) {
    return new ColumnCipher.Cell("identity.invite.address_sealed", invite.value(), NEVER_CHANGED);
  }
}
