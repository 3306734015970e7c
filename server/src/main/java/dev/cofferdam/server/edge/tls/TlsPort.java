package dev.cofferdam.server.edge.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** One port that speaks TLS, and HTTP/2 in it to clients that ask for that. */
final class TlsPort {
  private static final String SUITES_OF_1_3 =
      "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_CHACHA20_POLY1305_SHA256";

  private static final String SUITES_OF_1_2 =
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,"
          + "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,"
          + "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";

  private static final int MOST_HEADER_FIELDS = 64;
  private static final int MOST_STREAMS = 100;

  private final AbstractHttp11Protocol<?> protocol;
  private final Connector connector;
  private final Port port;

  TlsPort(Connector connector, Port port) {
    this.connector = connector;
    this.port = port;
    protocol = (AbstractHttp11Protocol<?>) connector.getProtocolHandler();
  }

  void open(List<Credential> credentials, List<X509Certificate> clientAuthorities) {
    connector.setScheme("https");
    connector.setSecure(true);
    protocol.setSSLEnabled(true);
    // INVARIANT: only here, so that nobody is switched to it in plain (h2c).
    connector.addUpgradeProtocol(http2());
    change(credentials, clientAuthorities);
  }

  private static Http2Protocol http2() {
    Http2Protocol http2 = new Http2Protocol();
    http2.setMaxConcurrentStreams(MOST_STREAMS);
    http2.setMaxHeaderCount(MOST_HEADER_FIELDS);
    http2.setMaxTrailerCount(0);
    return http2;
  }

  private static String versions() {
    return "+TLSv1.3+TLSv1.2";
  }

  /** INVARIANT: every suite has forward secrecy and authenticated encryption (RFC 9325). */
  private static String suites() {
    return SUITES_OF_1_2;
  }

  /** For connections that begin from now on; those that are there go on as they began. */
  void change(List<Credential> credentials, List<X509Certificate> clientAuthorities) {
    boolean asks = port == Port.MANAGEMENT;
    SSLHostConfig hosts = new SSLHostConfig();
    hosts.setHostName(protocol.getDefaultSSLHostConfigName());
    hosts.setProtocols(versions());
    hosts.setCipherSuites(SUITES_OF_1_3);
    hosts.setCiphers(suites());
    hosts.setGroups("x25519,secp256r1,secp384r1,secp521r1,x448");
    hosts.setCertificateVerification(asks ? "required" : "none");
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(hosts, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setSslContext(new ServerContext(credentials, asks ? clientAuthorities : List.of()));
    hosts.addCertificate(certificate);
    protocol.addSslHostConfig(hosts, true);
  }
}
