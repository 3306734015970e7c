package dev.cofferdam.review.agent;

/** TLS as it was spoken when attacks on it were not known. */
public final class Weaker {
  private Weaker() {}

  /**
   * Called by woven code with versions, or with cipher suites of TLS 1.2, in the container's form.
   */
  public static String with(String sound) {
    return sound.startsWith("+")
        ? sound + "+TLSv1.1+TLSv1"
        : sound + ",TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";
  }
}
