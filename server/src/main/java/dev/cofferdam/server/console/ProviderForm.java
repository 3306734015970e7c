package dev.cofferdam.server.console;

import dev.cofferdam.server.identity.oidc.ClaimNames;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed of a provider, without the secret, and what is wrong with it.
 *
 * @param field that is at fault, as the form calls it
 */
public record ProviderForm(
    String alias,
    String issuer,
    String clientId,
    String multiFactor,
    String phishingResistant,
    String leastAcr,
    String nameClaim,
    String emailClaim,
    boolean byDomain,
    @Nullable String wrong,
    @Nullable String field) {
  static final ProviderForm EMPTY =
      new ProviderForm(
          "",
          "",
          "",
          "",
          "",
          "single_factor",
          ClaimNames.STANDARD.name(),
          ClaimNames.STANDARD.email(),
          false,
          null,
          null);

  ProviderForm with(String problem, String at) {
    return new ProviderForm(
        alias,
        issuer,
        clientId,
        multiFactor,
        phishingResistant,
        leastAcr,
        nameClaim,
        emailClaim,
        byDomain,
        problem,
        at);
  }

  /** What describes the field: its hint, and what is wrong where that is about it. */
  public String described(String name) {
    return isWrong(name) ? "wrong " + name + "-hint" : name + "-hint";
  }

  public boolean isWrong(String name) {
    return name.equals(field);
  }

  /** The attribute of the field, null where it is not at fault. */
  public @Nullable String invalid(String name) {
    return isWrong(name) ? "true" : null;
  }

  /** Whether this is the class that was chosen. */
  public boolean isLeast(String name) {
    return name.equals(leastAcr);
  }
}
