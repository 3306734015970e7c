package dev.cofferdam.server.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate (RFC 5280), written by hand since the JDK has no public way to sign one. Its tool
 * {@code keytool} would be a process of its own for each, which computes for most of a second.
 */
final class Signed {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};

  /** ecdsa-with-SHA256, with no parameters. */
  private static final byte[] ALGORITHM = der(SEQUENCE, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Signed() {}

  /** What a certificate says beyond whose key it is. */
  enum Extension {
    /** That it signs others. */
    AUTHORITY,
    /** The name of a host. */
    HOST,
    NONE
  }

  /**
   * @param signer a key on P-256
   * @param days from now on
   */
  static X509Certificate of(
      String name, KeyPair key, Extension extension, int days, String issuer, PrivateKey signer)
      throws GeneralSecurityException {
    Instant now = Instant.now();
    byte[] content =
        der(
            SEQUENCE,
            der(0xa0, der(0x02, new byte[] {2})),
            der(0x02, new BigInteger(64, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
            ALGORITHM,
            new X500Principal("CN=" + issuer).getEncoded(),
            der(SEQUENCE, time(now), time(now.plus(Duration.ofDays(days)))),
            new X500Principal("CN=" + name).getEncoded(),
            key.getPublic().getEncoded(),
            extensions(name, extension));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer);
    signature.update(content);
    byte[] whole = der(SEQUENCE, content, ALGORITHM, der(0x03, new byte[] {0}, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] extensions(String name, Extension extension) {
    return switch (extension) {
      case AUTHORITY ->
          extended(der(SEQUENCE, oid(0x55, 0x1d, 0x13), TRUE, der(OCTETS, der(SEQUENCE, TRUE))));
      case HOST ->
          extended(
              der(
                  SEQUENCE,
                  oid(0x55, 0x1d, 0x11),
                  der(OCTETS, der(SEQUENCE, der(0x82, name.getBytes(US_ASCII))))));
      case NONE -> new byte[0];
    };
  }

  private static byte[] extended(byte[] extension) {
    return der(0xa3, der(SEQUENCE, extension));
  }

  private static byte[] time(Instant at) {
    return der(0x17, TIME.format(at).getBytes(US_ASCII));
  }

  private static byte[] oid(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return der(0x06, content);
  }

  /** A value of this tag, of these parts one after another. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length > 0xff) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length > 0x7f) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
