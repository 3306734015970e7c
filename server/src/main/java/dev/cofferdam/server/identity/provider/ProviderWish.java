package dev.cofferdam.server.identity.provider;

import dev.cofferdam.server.identity.oidc.AcrValues;
import dev.cofferdam.server.identity.oidc.ClaimNames;
import dev.cofferdam.server.identity.oidc.Issuer;
import dev.cofferdam.server.surface.AcrClass;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A provider that a tenant wants to bring. No record: it may hold the secret. */
public final class ProviderWish {
  private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern PRINTED = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Pattern SECRET = Pattern.compile("[\\x20-\\x7e]{16,1000}");
  private static final int MOST_VALUES = 20;

  private final String alias;
  private final String issuer;
  private final String clientId;
  private final @Nullable String secret;
  private final AcrValues acrValues;
  private final AcrClass leastAcr;
  private final ClaimNames names;
  private final boolean verifiedByDomain;

  /**
   * @param secret that was agreed on; null to prove ourselves by a key that is made here
   * @param verifiedByDomain whether an address in a domain that the tenant has proven counts where
   *     the provider does not say whether it verified it
   */
  public ProviderWish(
      String alias,
      String issuer,
      String clientId,
      @Nullable String secret,
      AcrValues acrValues,
      AcrClass leastAcr,
      ClaimNames names,
      boolean verifiedByDomain) {
    this.alias = alias;
    this.issuer = issuer;
    this.clientId = clientId;
    this.secret = secret;
    this.acrValues = acrValues;
    this.leastAcr = leastAcr;
    this.names = names;
    this.verifiedByDomain = verifiedByDomain;
  }

  /** The first field, as the API calls it, with a value that it cannot have. */
  public Optional<String> wrong() {
    if (!ALIAS.matcher(alias).matches()) {
      return Optional.of("alias");
    }
    if (!isIssuer()) {
      return Optional.of("issuer");
    }
    if (!PRINTED.matcher(clientId).matches()) {
      return Optional.of("client_id");
    }
    if (secret != null && !SECRET.matcher(secret).matches()) {
      return Optional.of("client_secret");
    }
    if (isWrong(acrValues.multiFactor())) {
      return Optional.of("multi_factor");
    }
    if (isWrong(acrValues.phishingResistant())) {
      return Optional.of("phishing_resistant");
    }
    // What no value of acr means, nobody could ever reach.
    if (leastAcr != AcrClass.SINGLE_FACTOR && acrValues.valuesOf(leastAcr).isEmpty()) {
      return Optional.of("least_acr");
    }
    if (!ClaimNames.isName(names.name())) {
      return Optional.of("name_claim");
    }
    if (!ClaimNames.isName(names.email())) {
      return Optional.of("email_claim");
    }
    // Of another claim than its own no provider says whether it verified it: none would ever count.
    return names.isVouchedFor() || verifiedByDomain
        ? Optional.empty()
        : Optional.of("verified_by_domain");
  }

  private boolean isIssuer() {
    try {
      return new Issuer(issuer).value().equals(issuer);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isWrong(List<String> values) {
    return values.size() > MOST_VALUES
        || values.stream().anyMatch(one -> !PRINTED.matcher(one).matches());
  }

  String alias() {
    return alias;
  }

  String issuer() {
    return issuer;
  }

  String clientId() {
    return clientId;
  }

  Optional<String> secret() {
    return Optional.ofNullable(secret);
  }

  AcrValues acrValues() {
    return acrValues;
  }

  AcrClass leastAcr() {
    return leastAcr;
  }

  ClaimNames names() {
    return names;
  }

  boolean verifiedByDomain() {
    return verifiedByDomain;
  }

  @Override
  public String toString() {
    return "a wish for the provider `" + alias + "`";
  }
}
