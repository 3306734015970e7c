package dev.cofferdam.server.edge.tls;

import dev.cofferdam.server.edge.EdgeRefusedException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.tls.*}: TLS of the public port, and of the management port where
 * other hosts may reach that.
 *
 * @param certificateFiles PEM files, each with a certificate of this server and behind it those of
 *     the authorities that lead to a root; none for plain http, on loopback only. Several, where
 *     clients differ in what they can verify: one of each kind of key
 * @param keyFiles PEM files with the private keys of these, in the same order: EC, RSA or EdDSA,
 *     not encrypted, and readable by nobody else
 * @param clientAuthorities a PEM file of the authorities whose certificates the clients of the
 *     management port must show; with it, that port speaks TLS too
 * @param lookEvery how often the files are looked at, 1 second to 1 hour
 * @param warnBefore how long before the end of a certificate the log warns of it, 1 to 90 days
 */
@ConfigurationProperties("cofferdam.tls")
public record TlsSettings(
    @DefaultValue List<Path> certificateFiles,
    @DefaultValue List<Path> keyFiles,
    @Nullable Path clientAuthorities,
    @DefaultValue("10s") Duration lookEvery,
    @DefaultValue("21d") Duration warnBefore) {

  public TlsSettings {
    certificateFiles = List.copyOf(certificateFiles);
    keyFiles = List.copyOf(keyFiles);
    if (certificateFiles.size() != keyFiles.size()) {
      throw new EdgeRefusedException(
          "`cofferdam.tls.certificate-files` has %d entries and `cofferdam.tls.key-files` has %d: name the key of each certificate, in the same order."
              .formatted(certificateFiles.size(), keyFiles.size()));
    }
    if (clientAuthorities != null && certificateFiles.isEmpty()) {
      throw new EdgeRefusedException(
          "`cofferdam.tls.client-authorities` is set, and there is no TLS to ask clients for certificates in: set `cofferdam.tls.certificate-files` and `cofferdam.tls.key-files`.");
    }
    requireBetween("look-every", lookEvery, Duration.ofSeconds(1), Duration.ofHours(1));
    requireBetween("warn-before", warnBefore, Duration.ofDays(1), Duration.ofDays(90));
  }

  /** Whether the public port speaks TLS. */
  public boolean isOn() {
    return !certificateFiles.isEmpty();
  }

  /** Whether the management port speaks TLS, and its clients show certificates. */
  public boolean isOnForManagement() {
    return clientAuthorities != null;
  }

  /**
   * INVARIANT: what other hosts reach is encrypted.
   *
   * @param address null for all there are
   */
  public void requirePublic(@Nullable InetAddress address) {
    if (!isOn() && !isLoopback(address)) {
      throw new EdgeRefusedException(
          "`cofferdam.http.address` is `%s`, which other hosts reach, and there is no TLS: set `cofferdam.tls.certificate-files` and `cofferdam.tls.key-files`, or set it to `127.0.0.1` and let a proxy with TLS on this host forward to it."
              .formatted(shown(address)));
    }
  }

  /** The same for the management port, which asks nobody else who they are. */
  public void requireManagement(@Nullable InetAddress address) {
    if (!isOnForManagement() && !isLoopback(address)) {
      throw new EdgeRefusedException(
          "`cofferdam.management.address` is `%s`, which other hosts reach, and that port asks nobody for a password: set `cofferdam.tls.client-authorities`, so that its clients must show a certificate, or set it to `127.0.0.1`."
              .formatted(shown(address)));
    }
  }

  private static boolean isLoopback(@Nullable InetAddress address) {
    return address != null && address.isLoopbackAddress();
  }

  private static String shown(@Nullable InetAddress address) {
    return address == null ? "0.0.0.0" : address.getHostAddress();
  }

  private static void requireBetween(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new EdgeRefusedException(
          "`cofferdam.tls.%s` is `%d s`: it is %d s to %d s."
              .formatted(name, value.toSeconds(), least.toSeconds(), most.toSeconds()));
    }
  }
}
