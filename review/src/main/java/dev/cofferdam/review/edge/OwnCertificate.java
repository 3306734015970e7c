package dev.cofferdam.review.edge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@code localhost} that nobody vouches for, and its key, in files. Attacks on
 * TLS need one to have a port to attack; made once, by the JDK's keytool, and copied.
 */
public final class OwnCertificate implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  private OwnCertificate(Path folder) {
    this.folder = folder;
  }

  public static OwnCertificate make() throws IOException {
    Path folder = newFolder();
    Files.writeString(folder.resolve("own.pem"), Made.CERTIFICATE);
    Files.createFile(
        folder.resolve("own.key"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(folder.resolve("own.key"), Made.KEY);
    return new OwnCertificate(folder);
  }

  private static Path newFolder() throws IOException {
    return Files.createTempDirectory(
        "cofferdam-review-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** With the key beside it. */
  public Path file() {
    return folder.resolve("own.pem");
  }

  /** What a server shows that is it. */
  public SSLContext context() throws IOException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(Made.KEYS, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificate cannot be shown", e);
    }
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static final class Made {
    static final String CERTIFICATE;
    static final String KEY;
    static final KeyStore KEYS;

    static {
      try {
        Path folder = newFolder();
        Path store = folder.resolve("own.p12");
        run(store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        KEYS = keys;
        try (InputStream in = Files.newInputStream(store)) {
          keys.load(in, PASSWORD.toCharArray());
        }
        CERTIFICATE = pem("CERTIFICATE", keys.getCertificate("own").getEncoded());
        KEY = pem("PRIVATE KEY", keys.getKey("own", PASSWORD.toCharArray()).getEncoded());
        delete(folder);
      } catch (IOException | GeneralSecurityException | InterruptedException e) {
        throw new IllegalStateException("no certificate can be made", e);
      }
    }

    private static void run(Path store) throws IOException, InterruptedException {
      Process keytool =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                      "-J-XX:TieredStopAtLevel=1",
                      "-genkeypair",
                      "-alias",
                      "own",
                      "-keyalg",
                      "EC",
                      "-groupname",
                      "secp256r1",
                      "-sigalg",
                      "SHA256withECDSA",
                      "-validity",
                      "2",
                      "-startdate",
                      "-1d",
                      "-dname",
                      "CN=localhost",
                      "-ext",
                      "san=dns:localhost",
                      "-storetype",
                      "PKCS12",
                      "-keystore",
                      store.toString(),
                      "-storepass",
                      PASSWORD))
              .redirectErrorStream(true)
              .start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    }

    private static String pem(String label, byte[] der) {
      return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
          .formatted(
              label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
    }
  }
}
