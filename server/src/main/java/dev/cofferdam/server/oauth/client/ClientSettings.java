package dev.cofferdam.server.oauth.client;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.clients.*}: programs that ask people.
 *
 * @param most how many a tenant has registered at most, 1 to 10000
 * @param ofNobody which programs may ask beside those: `none`; `published`, whose id is the address
 *     of what a site says of them; or `any`, also those that register themselves
 * @param ofNobodyByCode whether those that register themselves may also ask by a code that a person
 *     types, where `of-nobody` is `any`
 * @param mostOfNobody how many that registered themselves there are at most, 1 to 1000000
 */
@ConfigurationProperties("cofferdam.clients")
public record ClientSettings(
    @DefaultValue("100") int most,
    @DefaultValue("none") OfNobody ofNobody,
    @DefaultValue("false") boolean ofNobodyByCode,
    @DefaultValue("10000") int mostOfNobody) {
  private static final int LARGEST = 10_000;
  private static final int LARGEST_OF_NOBODY = 1_000_000;

  /** Which clients that are no tenant's may ask. */
  public enum OfNobody {
    NONE,
    PUBLISHED,
    ANY
  }

  public ClientSettings {
    require("most", most, LARGEST);
    require("most-of-nobody", mostOfNobody, LARGEST_OF_NOBODY);
  }

  private static void require(String name, int given, int largest) {
    if (given < 1 || given > largest) {
      throw new IllegalArgumentException(
          "`cofferdam.clients.%s` is `%d`: it is 1 to %d.".formatted(name, given, largest));
    }
  }

  /** By which ways those may ask that register themselves. */
  public Set<String> grantsOfNobody() {
    return ofNobodyByCode ? PlacedClients.GRANTS_OF_TENANTS : PlacedClients.GRANTS;
  }
}
