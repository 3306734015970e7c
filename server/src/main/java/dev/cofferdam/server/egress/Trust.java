package dev.cofferdam.server.egress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to believe that a host is who it says: the JDK's authorities, and those of a file. */
public final class Trust {
  private Trust() {}

  /**
   * A context for connections that are verified.
   *
   * @param setting that names the file, for the message when it cannot be used
   * @param more a PEM file, or null
   * @throws IllegalArgumentException when the file holds no certificate
   */
  public static SSLContext context(String setting, @Nullable Path more) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate authority : authorities(null)) {
        store.setCertificateEntry("jdk-" + number++, authority);
      }
      if (more != null) {
        for (Certificate authority : read(setting, more)) {
          store.setCertificateEntry("file-" + number++, authority);
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK's own authorities cannot be read", e);
    }
  }

  private static Iterable<? extends Certificate> read(String setting, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw unreadable(setting, file, null);
      }
      return certificates;
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(setting, file, e);
    }
  }

  private static IllegalArgumentException unreadable(
      String setting, Path file, @Nullable Exception cause) {
    return new IllegalArgumentException(
        setting + " names `" + file + "`, which is no PEM file with certificates", cause);
  }

  private static X509Certificate[] authorities(@Nullable KeyStore store)
      throws GeneralSecurityException {
    for (TrustManager manager : managers(store)) {
      if (manager instanceof X509TrustManager trusting) {
        return trusting.getAcceptedIssuers();
      }
    }
    return new X509Certificate[0];
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
