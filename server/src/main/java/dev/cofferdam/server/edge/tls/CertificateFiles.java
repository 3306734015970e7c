package dev.cofferdam.server.edge.tls;

import dev.cofferdam.server.edge.EdgeRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * Reads what the settings name, and refuses what a client could not verify, what is weak, and what
 * does not belong together. No message holds anything that stands in a file.
 */
final class CertificateFiles {
  private static final int LARGEST = 1 << 20;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int LEAST_EC_BITS = 256;
  private static final byte[] PROBE = "cofferdam tls".getBytes(StandardCharsets.UTF_8);

  private final TlsSettings settings;

  CertificateFiles(TlsSettings settings) {
    this.settings = settings;
  }

  /**
   * All of them.
   *
   * @throws EdgeRefusedException when they are not fit to be served at {@code now}
   */
  List<Credential> credentials(Instant now) {
    List<Credential> credentials = new ArrayList<>();
    Set<String> kinds = new HashSet<>();
    for (int i = 0; i < settings.certificateFiles().size(); i++) {
      Path file = settings.certificateFiles().get(i);
      Credential credential = credential(file, settings.keyFiles().get(i), now);
      if (!kinds.add(credential.kind())) {
        throw new EdgeRefusedException(
            "`cofferdam.tls.certificate-files` has a second certificate with a key of the kind %s, `%s`: one of each kind is served, so remove one."
                .formatted(credential.kind(), file));
      }
      credentials.add(credential);
    }
    return credentials;
  }

  /** Those of the authorities that vouch for the clients of the management port. */
  List<X509Certificate> clientAuthorities() {
    Path file = settings.clientAuthorities();
    return file == null ? List.of() : certificates(file, "client-authorities");
  }

  private static Credential credential(Path file, Path keyFile, Instant now) {
    List<X509Certificate> chain = certificates(file, "certificate-files");
    requireChain(chain, file);
    requireValid(chain, file, now);
    requireStrong(chain.getFirst().getPublicKey(), file);
    PrivateKey key = key(keyFile);
    if (!belong(chain.getFirst().getPublicKey(), key)) {
      throw new EdgeRefusedException(
          "The key in `%s` is not that of the first certificate in `%s`: name the two that were made together in `cofferdam.tls.key-files` and `cofferdam.tls.certificate-files`."
              .formatted(keyFile, file));
    }
    return new Credential(chain, key);
  }

  private static List<X509Certificate> certificates(Path file, String setting) {
    String text = read(file, setting);
    try {
      List<X509Certificate> found = PemContent.of(text).getCertificates();
      if (!found.isEmpty()) {
        return found;
      }
    } catch (RuntimeException unreadable) {
      // Said below, without what the parser makes of the file.
    }
    throw new EdgeRefusedException(
        "`%s`, of `cofferdam.tls.%s`, holds no certificate in PEM form: it has lines `-----BEGIN CERTIFICATE-----`."
            .formatted(file, setting));
  }

  private static PrivateKey key(Path file) {
    requireOwn(file);
    String text = read(file, "key-files");
    if (text.contains("ENCRYPTED")) {
      throw new EdgeRefusedException(
          "The key in `%s`, of `cofferdam.tls.key-files`, is encrypted: write it without a password, readable by this server alone."
              .formatted(file));
    }
    @Nullable PrivateKey key = null;
    try {
      key = PemContent.of(text).getPrivateKey();
    } catch (RuntimeException unreadable) {
      // Said below: what the parser has to say could quote the key.
    }
    if (key == null || !Set.of("EC", "RSA", "EdDSA").contains(key.getAlgorithm())) {
      throw new EdgeRefusedException(
          "`%s`, of `cofferdam.tls.key-files`, holds no EC, RSA or EdDSA private key in PEM form."
              .formatted(file));
    }
    return key;
  }

  private static void requireOwn(Path file) {
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      if (rights.contains(PosixFilePermission.OTHERS_READ)
          || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new EdgeRefusedException(
            "Everybody on this machine can read or write the key in `%s`, of `cofferdam.tls.key-files`: `chmod o-rwx` it."
                .formatted(file));
      }
    } catch (IOException e) {
      throw unreadable(file, "key-files", e);
    }
  }

  private static String read(Path file, String setting) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new EdgeRefusedException(
            "`%s`, of `cofferdam.tls.%s`, is larger than 1 MiB.".formatted(file, setting));
      }
      return new String(bytes, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw unreadable(file, setting, e);
    }
  }

  private static EdgeRefusedException unreadable(Path file, String setting, IOException cause) {
    return new EdgeRefusedException(
        "`%s`, of `cofferdam.tls.%s`, cannot be read: correct the path, or its rights."
            .formatted(file, setting),
        cause);
  }

  private static void requireChain(List<X509Certificate> chain, Path file) {
    for (int i = 1; i < chain.size(); i++) {
      try {
        chain.get(i - 1).verify(chain.get(i).getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new EdgeRefusedException(
            "Certificate %d in `%s` was not signed by the one behind it: put the server's own first, and behind each the one that signed it."
                .formatted(i, file),
            e);
      }
    }
  }

  private static void requireValid(List<X509Certificate> chain, Path file, Instant now) {
    for (X509Certificate certificate : chain) {
      try {
        certificate.checkValidity(Date.from(now));
      } catch (GeneralSecurityException e) {
        throw new EdgeRefusedException(
            "A certificate in `%s` is valid from %s until %s, and now it is %s: renew it."
                .formatted(
                    file,
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    now),
            e);
      }
    }
  }

  private static void requireStrong(PublicKey key, Path file) {
    boolean weak =
        switch (key) {
          case RSAKey rsa -> rsa.getModulus().bitLength() < LEAST_RSA_BITS;
          case ECKey ec -> ec.getParams().getOrder().bitLength() < LEAST_EC_BITS;
          default -> false;
        };
    if (weak) {
      throw new EdgeRefusedException(
          "The key of the certificate in `%s` is too short: make one of P-256, or RSA of at least %d bits."
              .formatted(file, LEAST_RSA_BITS));
    }
  }

  private static boolean belong(PublicKey shown, PrivateKey key) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> "EdDSA";
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(shown);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKinds) {
      return false;
    }
  }
}
