package dev.cofferdam.server.edge.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A certificate with those that lead to its root, and its private key. */
final class Credential {
  private static final int DNS_NAME = 2;

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  /** Of parts that {@link CertificateFiles} has seen to belong together. */
  Credential(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  List<X509Certificate> chain() {
    return chain;
  }

  PrivateKey key() {
    return key;
  }

  /** EC, RSA or EdDSA. */
  String kind() {
    return chain.getFirst().getPublicKey().getAlgorithm();
  }

  /** When the first of the chain expires: from then on nobody can verify the others. */
  Instant ends() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** The host names that it is for, as they stand in it. */
  List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    try {
      Collection<List<?>> names = chain.getFirst().getSubjectAlternativeNames();
      if (names != null) {
        for (List<?> name : names) {
          if (name.getFirst().equals(DNS_NAME)) {
            hosts.add(String.valueOf(name.get(1)));
          }
        }
      }
    } catch (java.security.cert.CertificateParsingException e) {
      // Then it names no host.
    }
    return hosts;
  }

  @Override
  public String toString() {
    return kind() + " until " + ends();
  }
}
