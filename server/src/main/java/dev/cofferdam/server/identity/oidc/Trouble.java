package dev.cofferdam.server.identity.oidc;

import org.springframework.modulith.NamedInterface;

/** Why an identity provider cannot be used now. */
@NamedInterface({"provider", "foreign"})
public enum Trouble {
  DOCUMENT("Its discovery document cannot be had, or is not one to rely on."),
  KEYS("The keys that it publishes cannot be had."),
  TOKENS(
      "Its token endpoint gave no token: it is away, or does not accept this server's secret or key."),
  SIGNATURE("Its token is not signed by the keys that it publishes."),
  CREDENTIAL("The secret or key by which this server proves itself there cannot be read.");

  private final String sentence;

  Trouble(String sentence) {
    this.sentence = sentence;
  }

  /** The same as a sentence for whoever looks after the provider. */
  public String sentence() {
    return sentence;
  }
}
