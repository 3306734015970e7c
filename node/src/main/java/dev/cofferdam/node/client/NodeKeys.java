package dev.cofferdam.node.client;

import dev.cofferdam.node.DurableFile;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Kem;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.crypto.SecretBytes;
import dev.cofferdam.protocol.jose.PublicJwk;
import dev.cofferdam.protocol.jose.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Both keys of a node. They lie in one file that its owner alone may read: a header, then the
 * authentication key (X.509, PKCS #8) and the receiving key (its bytes, PKCS #8), in Base64.
 */
public final class NodeKeys implements AutoCloseable {
  private static final String HEADER = "cofferdam-node-keys-1";
  private static final int LINES = 5;

  private final SigningKey signing;
  private final Kem kem;
  private final PublicJwk receivingKey;
  private final SecretBytes receiving;

  private NodeKeys(SigningKey signing, Kem kem, PublicJwk receivingKey, SecretBytes receiving) {
    this.signing = signing;
    this.kem = kem;
    this.receivingKey = receivingKey;
    this.receiving = receiving;
  }

  /**
   * Makes new ones, which are in the file before anybody hears of them.
   *
   * @param kem of the receiving key
   * @throws UnusableHomeException when this machine has no such keys
   * @throws IOException when the file cannot be written
   */
  static NodeKeys make(Path file, Kem kem) throws IOException {
    if (!CryptoProvider.best().hpke().offers(kem)) {
      throw new UnusableHomeException(
          "This machine has no keys of %s: the native library of Conscrypt does not load here."
              .formatted(kem.label()));
    }
    SigningKey signing = SigningKey.generate();
    KeyPair pair =
        CryptoProvider.best()
            .generator(kem == Kem.X_WING ? KeyAlgorithm.X_WING : KeyAlgorithm.X25519)
            .generateKeyPair();
    byte[] encoded = signing.pkcs8();
    byte[] received = pair.getPrivate().getEncoded();
    try {
      DurableFile.write(
          file,
          String.join(
              "\n",
              HEADER,
              text(signing.spki()),
              text(encoded),
              text(last(pair.getPublic().getEncoded(), kem.publicLength())),
              text(received),
              ""));
    } finally {
      Arrays.fill(encoded, (byte) 0);
      Arrays.fill(received, (byte) 0);
    }
    return read(file);
  }

  /**
   * Those in a file.
   *
   * @throws UnusableHomeException when it is none, or others can read it; the message says what to
   *     do
   */
  static NodeKeys read(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).stream()
        .anyMatch(right -> !right.name().startsWith("OWNER_"))) {
      throw new UnusableHomeException(
          "Others may read the keys in `%s`: `chmod 600 %s`, and think about who has."
              .formatted(file, file));
    }
    List<String> lines = Files.readAllLines(file);
    try {
      if (lines.size() != LINES || !lines.getFirst().equals(HEADER)) {
        throw new IllegalArgumentException("not the keys of a node");
      }
      byte[] publicKey = bytes(lines.get(3));
      byte[] received = bytes(lines.get(4));
      Kem kem =
          Kem.ofPublicLength(publicKey.length)
              .orElseThrow(() -> new IllegalArgumentException("not the keys of a node"));
      byte[] secret = last(received, Kem.PRIVATE_LENGTH);
      Arrays.fill(received, (byte) 0);
      return new NodeKeys(
          SigningKey.of(bytes(lines.get(2)), bytes(lines.get(1))),
          kem,
          PublicJwk.ofReceiving(publicKey),
          SecretBytes.takenFrom(secret));
    } catch (IllegalArgumentException e) {
      throw new UnusableHomeException("`" + file + "` is " + e.getMessage() + ".", e);
    }
  }

  /** A key as it is, at the end of either form that has its algorithm before it. */
  private static byte[] last(byte[] encoded, int length) {
    if (encoded.length < length) {
      throw new IllegalArgumentException("not the keys of a node");
    }
    return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }

  /** The key that it authenticates with. */
  public SigningKey signing() {
    return signing;
  }

  /** What kind of key is sealed to. */
  public Kem kem() {
    return kem;
  }

  /** The public half of the key that is sealed to. */
  public PublicJwk receivingKey() {
    return receivingKey;
  }

  /** The private half of it: what {@code SealedSecret.open} wants. Closed with these keys. */
  public SecretBytes receiving() {
    return receiving;
  }

  @Override
  public void close() {
    receiving.close();
  }

  @Override
  public String toString() {
    return signing.toString();
  }
}
