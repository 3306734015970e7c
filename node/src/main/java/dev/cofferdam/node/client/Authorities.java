package dev.cofferdam.node.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a node believes that the server is who it says. */
final class Authorities {
  private Authorities() {}

  /**
   * Believes the authorities of a PEM file, and no others: whoever has one of their own for this
   * does not want that every public one could vouch for the server.
   *
   * @throws UnusableHomeException when it holds no certificate
   */
  static SSLContext of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate authority :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      if (number == 0) {
        throw new UnusableHomeException("There is no certificate in `" + file + "`.");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (UnusableHomeException e) {
      throw e;
    } catch (IOException | GeneralSecurityException e) {
      throw new UnusableHomeException(
          "`" + file + "` is no PEM file with certificates of authorities.", e);
    }
  }
}
