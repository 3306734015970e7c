package dev.cofferdam.protocol.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * From the shared secret of a KEM to key and nonce: RFC 9180, sections 4 and 5.1, base mode. The
 * names of the steps are the RFC's.
 */
final class HpkeKeySchedule {
  private static final byte MODE_BASE = 0;
  private static final byte[] VERSION = "HPKE-v1".getBytes(US_ASCII);
  private static final byte[] EMPTY = {};

  private final byte[] suiteId;
  private final int keyLength;

  /** With HKDF-SHA256 and AES-256-GCM (RFC 9180, section 7). */
  static HpkeKeySchedule of(Kem kem) {
    return new HpkeKeySchedule(kem.id(), 0x0001, 0x0002, Aead.KEY_LENGTH);
  }

  HpkeKeySchedule(int kem, int kdf, int aead, int keyLength) {
    this.suiteId =
        ByteBuffer.allocate(10)
            .put("HPKE".getBytes(US_ASCII))
            .putShort((short) kem)
            .putShort((short) kdf)
            .putShort((short) aead)
            .array();
    this.keyLength = keyLength;
  }

  /** The keys of one message. */
  Keys base(byte[] sharedSecret, byte[] info) {
    byte[] context =
        joined(
            new byte[] {MODE_BASE},
            labelledExtract(EMPTY, "psk_id_hash", EMPTY),
            labelledExtract(EMPTY, "info_hash", info));
    byte[] secret = labelledExtract(sharedSecret, "secret", EMPTY);
    try {
      return new Keys(
          labelledExpand(secret, "key", context, keyLength),
          labelledExpand(secret, "base_nonce", context, Aead.NONCE_LENGTH));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private byte[] labelledExtract(byte[] salt, String label, byte[] material) {
    return Hkdf.extract(salt, joined(VERSION, suiteId, label.getBytes(US_ASCII), material));
  }

  private byte[] labelledExpand(byte[] secret, String label, byte[] info, int length) {
    byte[] labelled =
        joined(
            ByteBuffer.allocate(2).putShort((short) length).array(),
            VERSION,
            suiteId,
            label.getBytes(US_ASCII),
            info);
    return Hkdf.expand(secret, labelled, length);
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  /** What encrypts one message; cleared when closed. */
  static final class Keys implements AutoCloseable {
    private final byte[] key;
    private final byte[] nonce;

    private Keys(byte[] key, byte[] nonce) {
      this.key = key;
      this.nonce = nonce;
    }

    byte[] key() {
      return key;
    }

    byte[] nonce() {
      return nonce;
    }

    @Override
    public void close() {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(nonce, (byte) 0);
    }
  }
}
