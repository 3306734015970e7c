package dev.cofferdam.server.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority of a test's own. */
public final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "Test authority";

  private final Path file;
  private final KeyStore keys;

  /** A certificate and its private key, both PEM. */
  public record Pair(String certificate, String key) {

    /** In two files of this folder, as an operator has them. */
    public Placed in(Path folder, String name) throws IOException {
      Placed placed = new Placed(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
      Files.writeString(placed.certificate(), certificate);
      if (!Files.exists(placed.key())) {
        Files.createFile(
            placed.key(),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(placed.key(), key);
      return placed;
    }
  }

  /** The files of a {@link Pair}. */
  public record Placed(Path certificate, Path key) {}

  /**
   * @param file what its own certificate is to be written beside
   */
  public Certificates(Path file) throws Exception {
    this.file = file;
    keys = empty();
    KeyPair key = newKey("EC", 256);
    add(
        "ca",
        key.getPrivate(),
        Signed.of(AUTHORITY, key, Signed.Extension.AUTHORITY, 2, AUTHORITY, key.getPrivate()));
  }

  private static KeyPair newKey(String algorithm, int size) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size);
    return generator.generateKeyPair();
  }

  private void add(String alias, PrivateKey key, Certificate... chain) throws KeyStoreException {
    keys.setKeyEntry(alias, key, PASSWORD.toCharArray(), chain);
  }

  private PrivateKey key(String alias) throws GeneralSecurityException {
    return (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray());
  }

  /** A certificate for a name, signed by the authority, with a key on P-256, for two days. */
  public Pair issued(String host) throws Exception {
    return issued(host, 2, "EC", 256);
  }

  /** The same with another key, or for other days. */
  public Pair issued(String host, int days, String algorithm, int size) throws Exception {
    String alias = host + keys.size();
    sign(alias, host, Signed.Extension.HOST, days, newKey(algorithm, size));
    return new Pair(
        pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()),
        pem("PRIVATE KEY", key(alias).getEncoded()));
  }

  private void sign(String alias, String name, Signed.Extension extension, int days, KeyPair key)
      throws GeneralSecurityException {
    add(
        alias,
        key.getPrivate(),
        Signed.of(name, key, extension, days, AUTHORITY, key("ca")),
        keys.getCertificate("ca"));
  }

  /**
   * A key with a certificate for {@code host} that is signed by itself.
   *
   * @param store where both are put, under a password
   */
  public static Certificate ofItself(String host, Path store, String password) throws Exception {
    KeyPair key = newKey("EC", 256);
    Certificate made = Signed.of(host, key, Signed.Extension.HOST, 2, host, key.getPrivate());
    KeyStore keys = empty();
    keys.setKeyEntry("site", key.getPrivate(), password.toCharArray(), new Certificate[] {made});
    try (OutputStream out = Files.newOutputStream(store)) {
      keys.store(out, password.toCharArray());
    }
    return made;
  }

  /** The authority's certificate, in a file. */
  public Path root() throws Exception {
    return Files.writeString(file.resolveSibling(file.getFileName() + ".pem"), rootPem());
  }

  public String rootPem() throws Exception {
    return pem("CERTIFICATE", keys.getCertificate("ca").getEncoded());
  }

  /**
   * A client's, which trusts this authority alone.
   *
   * @param alias of a certificate that it shows, {@code null} for none; made by {@link #client}
   */
  public SSLContext trusting(@Nullable String alias) throws Exception {
    KeyStore trusted = empty();
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(showing(alias), trust.getTrustManagers(), null);
    return context;
  }

  private KeyManager[] showing(@Nullable String alias) throws Exception {
    KeyStore own = empty();
    if (alias != null) {
      own.setKeyEntry(
          alias,
          keys.getKey(alias, PASSWORD.toCharArray()),
          PASSWORD.toCharArray(),
          keys.getCertificateChain(alias));
    }
    KeyManagerFactory shown = KeyManagerFactory.getInstance("NewSunX509");
    shown.init(own, PASSWORD.toCharArray());
    return shown.getKeyManagers();
  }

  /** For a server of a test that is to be {@code host}. */
  public SSLContext serving(String host) throws Exception {
    String alias = host + keys.size();
    sign(alias, host, Signed.Extension.HOST, 2, newKey("EC", 256));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(showing(alias), null, null);
    return context;
  }

  /** Makes a client a certificate, under this alias. */
  public void client(String alias) throws Exception {
    sign(alias, alias, Signed.Extension.NONE, 2, newKey("EC", 256));
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** DER between the lines of PEM. */
  public static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
  }
}
