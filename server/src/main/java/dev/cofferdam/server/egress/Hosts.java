package dev.cofferdam.server.egress;

import com.ibm.icu.text.IDNA;
import java.util.regex.Pattern;

/**
 * How a host may be written. Where parsers disagree, an attacker writes what one of them reads as
 * another host: so there is one spelling of each, and the rest is refused.
 */
final class Hosts {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");
  private static final Pattern V6 = Pattern.compile("[0-9a-f:]{2,39}");

  /** What a parser of browsers would take for a number: then the whole host is an address. */
  private static final Pattern NUMBER = Pattern.compile("\\d+|0x[0-9a-f]*");

  private static final IDNA UNICODE_NAMES =
      IDNA.getUTS46Instance(
          IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE);

  private Hosts() {}

  /** What a host is by its letters. */
  enum Spelling {
    NAME,
    ADDRESS,
    REFUSED
  }

  /** What {@code host} is: in lower case, an IPv6 address without its brackets. */
  static Spelling spelling(String host) {
    if (host.contains(":")) {
      return V6.matcher(host).matches() ? Spelling.ADDRESS : Spelling.REFUSED;
    }
    String[] labels = host.split("\\.", -1);
    if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
      return dottedQuad(labels) ? Spelling.ADDRESS : Spelling.REFUSED;
    }
    return host.length() <= 253 && allLabels(labels) ? Spelling.NAME : Spelling.REFUSED;
  }

  private static boolean dottedQuad(String[] octets) {
    for (String octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return octets.length == 4;
  }

  private static boolean allLabels(String[] labels) {
    for (String label : labels) {
      if (!LABEL.matcher(label).matches() || !ordinary(label)) {
        return false;
      }
    }
    return true;
  }

  /** Hyphens in the third and fourth place announce Punycode, which must then be the real one. */
  private static boolean ordinary(String label) {
    if (label.length() < 4 || !label.startsWith("--", 2)) {
      return true;
    }
    IDNA.Info decoded = new IDNA.Info();
    StringBuilder unicode = UNICODE_NAMES.labelToUnicode(label, new StringBuilder(), decoded);
    IDNA.Info encoded = new IDNA.Info();
    StringBuilder again = UNICODE_NAMES.labelToASCII(unicode, new StringBuilder(), encoded);
    return !decoded.hasErrors() && !encoded.hasErrors() && again.toString().equals(label);
  }
}
