package dev.cofferdam.server.edge.tls;

import dev.cofferdam.server.edge.EdgeRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that the ports show now. What is served was whole when it was read; files that
 * are not are said to be so, and change nothing. Safe for use by many threads.
 */
public final class ServedCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(ServedCertificates.class);
  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

  private final TlsSettings settings;
  private final CertificateFiles files;
  private final Clock clock;
  private final List<TlsPort> ports = new CopyOnWriteArrayList<>();
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Served served;
  private volatile boolean newestAreRefused;
  private byte[] seen;
  private Instant warned = Instant.MIN;

  /** What was read together. */
  private record Served(List<Credential> credentials, List<X509Certificate> clientAuthorities) {}

  /**
   * Reads the files for the first time.
   *
   * @throws EdgeRefusedException when they cannot be served
   */
  ServedCertificates(TlsSettings settings, Clock clock) {
    this.settings = settings;
    this.files = new CertificateFiles(settings);
    this.clock = clock;
    seen = digest();
    served = read();
  }

  private Served read() {
    return new Served(files.credentials(clock.instant()), files.clientAuthorities());
  }

  /**
   * Lets {@code connector} speak what {@code port} is to speak.
   *
   * @param address that it listens on, null for all
   * @throws EdgeRefusedException when that were plain http which other hosts reach
   */
  public static void open(
      TlsSettings settings,
      @Nullable ServedCertificates certificates,
      Port port,
      @Nullable InetAddress address,
      Connector connector) {
    port.require(settings, address);
    if (certificates != null && port.speaksTls(settings)) {
      certificates.serve(new TlsPort(connector, port));
    }
  }

  private void serve(TlsPort port) {
    looking.lock();
    try {
      port.open(served.credentials(), served.clientAuthorities());
      ports.add(port);
    } finally {
      looking.unlock();
    }
  }

  /** Serves what the files hold now, if it is anything new and can be served. */
  void look() {
    looking.lock();
    try {
      byte[] now = digest();
      if (!MessageDigest.isEqual(now, seen)) {
        seen = now;
        change();
      }
      warn();
    } finally {
      looking.unlock();
    }
  }

  private void change() {
    try {
      Served fresh = read();
      ports.forEach(port -> port.change(fresh.credentials(), fresh.clientAuthorities()));
      served = fresh;
      newestAreRefused = false;
      warned = Instant.MIN;
      LOG.info("New certificates are served: {}.", fresh.credentials());
    } catch (EdgeRefusedException e) {
      newestAreRefused = true;
      LOG.error(
          "The new certificates cannot be served, and the old ones are served until {}: {}",
          ends(),
          e.getMessage());
    }
  }

  private void warn() {
    Instant now = clock.instant();
    Instant ends = ends();
    if (now.plus(settings.warnBefore()).isBefore(ends)
        || now.isBefore(warned.plus(BETWEEN_WARNINGS))) {
      return;
    }
    warned = now;
    LOG.warn(
        "The TLS certificate {} at {}: put a new one into `cofferdam.tls.certificate-files`.",
        now.isBefore(ends) ? "ends" : "has ended",
        ends);
  }

  /** When the first of those that are served ends. */
  Instant ends() {
    return served.credentials().stream()
        .map(Credential::ends)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Whether the files changed to something that cannot be served. */
  boolean newestAreRefused() {
    return newestAreRefused;
  }

  /** Of everything that is read, so that one that is there again is seen too. */
  private byte[] digest() {
    List<Path> all = new ArrayList<>();
    Stream.of(settings.certificateFiles(), settings.keyFiles()).forEach(all::addAll);
    if (settings.clientAuthorities() != null) {
      all.add(settings.clientAuthorities());
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : all) {
        digest.update(bytes(file));
        digest.update((byte) 0);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException notThere) {
      return new byte[0];
    }
  }
}
