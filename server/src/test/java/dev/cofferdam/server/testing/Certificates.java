package dev.cofferdam.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority of a test's own, made with the JDK's keytool. */
public final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final String[] P_256 = {"-keyalg", "EC", "-groupname", "secp256r1"};

  private final Path store;

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
   * @param store the file to keep its keys in, which is not there yet
   */
  public Certificates(Path store) throws Exception {
    this.store = store;
    make(P_256, "2", "-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:critical=ca:true");
  }

  private void make(String[] key, String days, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-validity",
                days,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(key));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new AssertionError("keytool failed: " + said);
    }
  }

  /** A certificate for a name, signed by the authority, with a key on P-256, for two days. */
  public Pair issued(String host) throws Exception {
    return issued(host, "2", P_256);
  }

  /**
   * The same with another key, or for other days.
   *
   * @param key keytool's options for it
   */
  public Pair issued(String host, String days, String... key) throws Exception {
    String alias = signed(host, days, key);
    KeyStore keys = keys();
    return new Pair(
        pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()),
        pem("PRIVATE KEY", keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
  }

  private String signed(String host, String days, String... key) throws Exception {
    String alias = host + days + String.join("", key) + keys().size();
    make(
        key,
        days,
        "-alias",
        alias,
        "-signer",
        "ca",
        "-dname",
        "CN=" + host,
        "-ext",
        "san=dns:" + host);
    return alias;
  }

  /** The authority's certificate, in a file. */
  public Path root() throws Exception {
    return Files.writeString(store.resolveSibling(store.getFileName() + ".pem"), rootPem());
  }

  public String rootPem() throws Exception {
    return pem("CERTIFICATE", keys().getCertificate("ca").getEncoded());
  }

  /**
   * A client's, which trusts this authority alone.
   *
   * @param alias of a certificate that it shows, {@code null} for none; made by {@link #client}
   */
  public SSLContext trusting(@Nullable String alias) throws Exception {
    KeyStore keys = keys();
    KeyStore trusted = empty();
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(showing(keys, alias), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] showing(KeyStore keys, @Nullable String alias) throws Exception {
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
    String alias = signed(host, "2", P_256);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(showing(keys(), alias), null, null);
    return context;
  }

  /** Makes a client a certificate, under this alias. */
  public void client(String alias) throws Exception {
    make(P_256, "2", "-alias", alias, "-signer", "ca", "-dname", "CN=" + alias);
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** DER between the lines of PEM. */
  public static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
  }
}
