package dev.cofferdam.server.edge.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.tomcat.util.net.SSLContext;

/**
 * What the container makes its engines of. Each set of certificates has one of its own, so that no
 * session outlives the certificates under which it began.
 */
final class ServerContext implements SSLContext {
  private final javax.net.ssl.SSLContext context;
  private final List<X509Certificate> authorities;

  /**
   * @param authorities that vouch for clients; none where clients show no certificate
   */
  ServerContext(List<Credential> credentials, List<X509Certificate> authorities) {
    this.authorities = authorities;
    try {
      context = javax.net.ssl.SSLContext.getInstance("TLS");
      context.init(keys(credentials), trust(authorities), null);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK makes no TLS context", e);
    }
  }

  private static KeyManager[] keys(List<Credential> credentials)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (Credential credential : credentials) {
      store.setKeyEntry(
          credential.kind(),
          credential.key(),
          new char[0],
          credential.chain().toArray(X509Certificate[]::new));
    }
    // This one looks at what the client can verify, besides the kind of the key.
    KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority " + store.size(), authority);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    // Without any it refuses to be made, and nobody asks it.
    if (authorities.isEmpty()) {
      return new TrustManager[0];
    }
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** In memory alone; its password guards nothing. */
  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    return store;
  }

  @Override
  public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
    throw new UnsupportedOperationException("it is made once");
  }

  @Override
  public void destroy() {
    // Nothing outside of the heap.
  }

  @Override
  public SSLEngine createSSLEngine() {
    return new FramedEngine(context.createSSLEngine());
  }

  @Override
  public SSLSessionContext getServerSessionContext() {
    return context.getServerSessionContext();
  }

  @Override
  public SSLServerSocketFactory getServerSocketFactory() {
    return context.getServerSocketFactory();
  }

  @Override
  public SSLParameters getSupportedSSLParameters() {
    return context.getSupportedSSLParameters();
  }

  /** For the container's log alone. */
  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[0];
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.toArray(X509Certificate[]::new);
  }
}
