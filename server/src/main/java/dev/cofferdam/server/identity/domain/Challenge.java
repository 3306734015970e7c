package dev.cofferdam.server.identity.domain;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a TXT record must say, so that a domain is proven: drawn for one claim, which is one
 * tenant's of one domain. No secret once it is set, and nothing that anybody guesses before.
 */
record Challenge(String value) {
  /** The label in front of the domain, so that the domain's own TXT records are left alone. */
  static final String LABEL = "_cofferdam-challenge";

  private static final String PREFIX = "cofferdam-domain=";
  private static final int BYTES = 20;

  static Challenge draw(SecureRandom random) {
    byte[] drawn = new byte[BYTES];
    random.nextBytes(drawn);
    return new Challenge(PREFIX + HexFormat.of().formatHex(drawn));
  }

  /** Where the record stands. */
  static String placeOf(DomainName domain) {
    return LABEL + "." + domain;
  }

  /** Whether a text is one of ours or of another Cofferdam's. */
  static boolean isOne(String text) {
    return text.startsWith(PREFIX);
  }
}
