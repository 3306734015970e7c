package dev.cofferdam.review.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a review sends other people's credentials to. */
final class Trusted {
  private Trusted() {}

  /**
   * The origin of a server that may be spoken to.
   *
   * @throws IOException when it is none, or it would be spoken to in the clear beyond this machine
   */
  static URI server(URI given) throws IOException {
    boolean plain = "http".equals(given.getScheme());
    boolean origin =
        given.getHost() != null
            && given.getUserInfo() == null
            && given.getQuery() == null
            && given.getFragment() == null
            && (given.getPath().isEmpty() || given.getPath().equals("/"));
    if (!origin || !plain && !"https".equals(given.getScheme())) {
      throw new IOException("`" + given + "` is to be like https://cofferdam.example.");
    }
    if (plain && !InetAddress.getByName(given.getHost()).isLoopbackAddress()) {
      throw new IOException("`" + given + "` is not on this machine: use https.");
    }
    return given;
  }

  /**
   * Trusts who vouches for servers.
   *
   * @param authorities a PEM file; empty for those that the JDK trusts
   * @throws IOException when there is no certificate in it
   */
  static SSLContext by(Path authorities) throws IOException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities.toString().isEmpty() ? null : store(authorities));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "`" + authorities + "` holds no certificates in PEM: " + e.getMessage() + ".", e);
    }
  }

  private static KeyStore store(Path authorities) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authorities)) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + store.size(), one);
      }
    }
    if (store.size() == 0) {
      throw new IOException("`" + authorities + "` holds no certificates in PEM.");
    }
    return store;
  }
}
