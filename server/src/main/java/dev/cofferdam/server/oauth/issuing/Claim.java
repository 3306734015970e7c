package dev.cofferdam.server.oauth.issuing;

/** What an access token says beside the registered claims (RFC 9068; RFC 9449, section 6). */
final class Claim {
  static final String CLIENT = "client_id";
  static final String SCOPE = "scope";
  static final String TENANT = "tenant_id";
  static final String HOLDER_KIND = "holder_kind";
  static final String HOLDER = "holder_id";
  static final String CONFIRMATION = "cnf";
  static final String KEY = "jkt";

  private Claim() {}
}
