package dev.cofferdam.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority of a test's own, made with the JDK's keytool. */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path store;

  /** A certificate and its private key, both PEM. */
  public record Pair(String certificate, String key) {}

  /**
   * @param store the file to keep its keys in, which is not there yet
   */
  public Certificates(Path store) throws Exception {
    this.store = store;
    keytool("-alias", "ca", "-dname", "CN=Test authority", "-ext", "bc:critical=ca:true");
  }

  private void keytool(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new AssertionError("keytool failed: " + said);
    }
  }

  /** A certificate for a name, signed by the authority. */
  public Pair issued(String host) throws Exception {
    keytool("-alias", host, "-signer", "ca", "-dname", "CN=" + host, "-ext", "san=dns:" + host);
    KeyStore keys = keys();
    return new Pair(
        pem("CERTIFICATE", keys.getCertificate(host).getEncoded()),
        pem("PRIVATE KEY", keys.getKey(host, PASSWORD.toCharArray()).getEncoded()));
  }

  /** The authority's certificate, in a file. */
  public Path root() throws Exception {
    return Files.writeString(
        store.resolveSibling(store.getFileName() + ".pem"),
        pem("CERTIFICATE", keys().getCertificate("ca").getEncoded()));
  }

  /** For a server of a test that is to be {@code host}. */
  public SSLContext serving(String host) throws Exception {
    issued(host);
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(
        host,
        keys().getKey(host, PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        new Certificate[] {keys().getCertificate(host)});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(one, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
  }
}
