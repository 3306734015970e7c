package dev.cofferdam.server.console;

/** What somebody typed of an issuer to trust. */
public record TrustForm(
    String label, String issuer, String jwksUrl, String audience, boolean reusable) {
  static final TrustForm EMPTY = new TrustForm("", "", "", "", false);
}
