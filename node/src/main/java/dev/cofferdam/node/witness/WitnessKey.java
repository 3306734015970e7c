package dev.cofferdam.node.witness;

import dev.cofferdam.node.DurableFile;
import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The key that a witness cosigns with. Lies in a file that its owner alone may read: a header, the
 * public key as notes have it, and the private key in PKCS #8, in Base64.
 */
final class WitnessKey {
  private static final String HEADER = "cofferdam-witness-key-1";

  private final NoteKey published;
  private final PrivateKey key;

  private WitnessKey(NoteKey published, PrivateKey key) {
    this.published = published;
    this.key = key;
  }

  /**
   * The key in {@code file}; made there when the file is absent.
   *
   * @param name that the witness signs under
   * @throws IOException also when the file is not such a key, is of another name, or can be read by
   *     others; the message says what to do
   */
  static WitnessKey open(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      make(file, name);
    }
    if (Files.getPosixFilePermissions(file).stream()
        .anyMatch(right -> !right.name().startsWith("OWNER_"))) {
      throw new IOException(
          "Others may read the key in `%s`: `chmod 600 %s`, and think about who has."
              .formatted(file, file));
    }
    List<String> lines = Files.readAllLines(file);
    try {
      if (lines.size() != 3 || !lines.getFirst().equals(HEADER)) {
        throw new IllegalArgumentException("not the key of a witness");
      }
      NoteKey published = NoteKey.parse(lines.get(1));
      if (!published.name().equals(name)) {
        throw new IllegalArgumentException("the key of the witness `" + published.name() + "`");
      }
      byte[] encoded = Base64.getDecoder().decode(lines.get(2));
      PrivateKey key = CryptoProvider.best().privateKey(KeyAlgorithm.ED25519, encoded);
      return new WitnessKey(published, key);
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IOException("`" + file + "` is " + e.getMessage() + ".", e);
    }
  }

  private static void make(Path file, String name) throws IOException {
    KeyPair pair = CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
    NoteKey published =
        NoteKey.of(name, NoteKey.Use.COSIGNATURE, Ed25519.raw(pair.getPublic().getEncoded()));
    String secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    DurableFile.write(file, HEADER + "\n" + published + "\n" + secret + "\n");
  }

  NoteKey published() {
    return published;
  }

  Note.Signature cosign(Note note, Instant at) {
    return published.cosign(note, at, this::sign);
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature = CryptoProvider.best().signature(KeyAlgorithm.ED25519);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the witness's key does not sign", e);
    }
  }
}
