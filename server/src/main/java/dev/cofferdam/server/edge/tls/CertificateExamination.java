package dev.cofferdam.server.edge.tls;

import dev.cofferdam.server.edge.EdgeRefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Looks at the certificates as a start would, and changes nothing. */
public final class CertificateExamination {
  private CertificateExamination() {}

  /**
   * What would be served.
   *
   * @param hosts by which clients reach this server
   * @throws EdgeRefusedException when a start would be refused, or a client that comes by one of
   *     the hosts could not verify any of them
   */
  public static String of(TlsSettings settings, List<String> hosts, Instant now) {
    if (!settings.isOn()) {
      return "none: plain http, on loopback only";
    }
    CertificateFiles files = new CertificateFiles(settings);
    List<Credential> credentials = files.credentials(now);
    files.clientAuthorities();
    for (Credential credential : credentials) {
      for (String host : hosts) {
        if (credential.hosts().stream().noneMatch(name -> covers(name, host))) {
          throw new EdgeRefusedException(
              "The certificate with the key of the kind %s is for %s, and not for `%s` of `cofferdam.edge.hosts`: have one made that names it."
                  .formatted(credential.kind(), credential.hosts(), host));
        }
      }
    }
    return credentials.stream()
        .map(it -> "%s for %s until %s".formatted(it.kind(), it.hosts(), it.ends()))
        .collect(Collectors.joining("; "));
  }

  /** RFC 9525, section 6.3: a wildcard stands for one whole label, the first. */
  static boolean covers(String name, String host) {
    String lower = name.toLowerCase(Locale.ROOT);
    int dot = host.indexOf('.');
    return lower.equals(host)
        || lower.startsWith("*.") && dot > 0 && lower.substring(1).equals(host.substring(dot));
  }
}
