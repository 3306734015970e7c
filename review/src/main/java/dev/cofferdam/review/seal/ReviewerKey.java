package dev.cofferdam.review.seal;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.protocol.crypto.Ed25519;
import dev.cofferdam.protocol.crypto.KeyAlgorithm;
import dev.cofferdam.protocol.log.Note;
import dev.cofferdam.protocol.log.NoteKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The key that a reviewer signs with, which no server ever holds. Lies in a file that its owner
 * alone may read: a header, the public key as notes have it, and the private key in PKCS #8, in
 * Base64.
 */
public final class ReviewerKey {
  private static final String HEADER = "cofferdam-reviewer-key-1";

  /** What a server's data directory has in it, and nothing else does. */
  private static final String OF_A_SERVER = "root.key";

  private final NoteKey published;
  private final PrivateKey key;

  private ReviewerKey(NoteKey published, PrivateKey key) {
    this.published = published;
    this.key = key;
  }

  /** Where a reviewer's key lies unless they say otherwise. */
  public static Path usual() {
    String configured = System.getenv("XDG_CONFIG_HOME");
    Path folder =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configured);
    return folder.resolve("cofferdam").resolve("reviewer.key");
  }

  /**
   * Makes a key in {@code file}.
   *
   * @param name that the reviewer signs under
   * @throws IOException when there is a file already, or it would lie among a server's data
   */
  public static ReviewerKey make(Path file, String name) throws IOException {
    refuseAmongServersData(file);
    KeyPair pair = CryptoProvider.best().generator(KeyAlgorithm.ED25519).generateKeyPair();
    NoteKey published =
        NoteKey.of(name, NoteKey.Use.NOTE, Ed25519.raw(pair.getPublic().getEncoded()));
    String secret = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
    write(file, HEADER + "\n" + published + "\n" + secret + "\n");
    return open(file);
  }

  /** Only its owner may read it from its first moment on, and it never replaces another. */
  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void refuseAmongServersData(Path file) throws IOException {
    for (Path folder = file.toAbsolutePath().normalize().getParent();
        folder != null;
        folder = folder.getParent()) {
      if (Files.exists(folder.resolve(OF_A_SERVER))) {
        throw new IOException(
            "`%s` is the data of a server, which must not hold the key that judges it: name another place with --key."
                .formatted(folder));
      }
    }
  }

  /**
   * The key in {@code file}.
   *
   * @throws IOException also when the file is not such a key, lies among a server's data or can be
   *     read by others; the message says what to do
   */
  public static ReviewerKey open(Path file) throws IOException {
    refuseAmongServersData(file);
    if (Files.getPosixFilePermissions(file).stream()
        .anyMatch(right -> !right.name().startsWith("OWNER_"))) {
      throw new IOException(
          "Others may read the key in `%s`: `chmod 600 %s`, and think about who has."
              .formatted(file, file));
    }
    List<String> lines = Files.readAllLines(file);
    try {
      if (lines.size() != 3 || !lines.getFirst().equals(HEADER)) {
        throw new IllegalArgumentException("not the key of a reviewer");
      }
      NoteKey published = NoteKey.parse(lines.get(1));
      byte[] encoded = Base64.getDecoder().decode(lines.get(2));
      return new ReviewerKey(
          published, CryptoProvider.best().privateKey(KeyAlgorithm.ED25519, encoded));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IOException("`" + file + "` is " + e.getMessage() + ".", e);
    }
  }

  /** What a verifier is given. */
  public NoteKey published() {
    return published;
  }

  Note sign(String text) {
    return new Note(text, List.of(published.sign(text, this::sign)));
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature = CryptoProvider.best().signature(KeyAlgorithm.ED25519);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the reviewer's key does not sign", e);
    }
  }

  @Override
  public String toString() {
    return "ReviewerKey(" + published + ")";
  }
}
