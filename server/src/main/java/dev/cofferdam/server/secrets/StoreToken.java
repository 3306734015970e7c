package dev.cofferdam.server.secrets;

/** A token of the second store; no record, since it is a secret. */
final class StoreToken {
  private final String text;

  StoreToken(String text) {
    this.text = text;
  }

  /** As it stands in the header field of a request. */
  String text() {
    return text;
  }

  @Override
  public String toString() {
    return "a token of the secret store";
  }
}
