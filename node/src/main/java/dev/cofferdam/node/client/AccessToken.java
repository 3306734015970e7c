package dev.cofferdam.node.client;

/** An access token; no record, and nothing that prints it, since it is a secret. */
final class AccessToken {
  private final String text;

  AccessToken(String text) {
    this.text = text;
  }

  /** As it stands in a request. */
  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "an access token";
  }
}
