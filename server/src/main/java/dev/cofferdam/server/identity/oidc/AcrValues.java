package dev.cofferdam.server.identity.oidc;

import dev.cofferdam.server.surface.AcrClass;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/**
 * What an identity provider's values of acr mean here.
 *
 * @param multiFactor those that mean more than one factor
 * @param phishingResistant those that mean a factor that cannot be phished
 */
@NamedInterface("provider")
public record AcrValues(List<String> multiFactor, List<String> phishingResistant) {
  public AcrValues {
    multiFactor = List.copyOf(multiFactor);
    phishingResistant = List.copyOf(phishingResistant);
  }

  /** What a value of acr means here; one that stands in no list, the weakest. */
  public AcrClass strength(@Nullable String acr) {
    return acr != null && phishingResistant.contains(acr)
        ? AcrClass.PHISHING_RESISTANT
        : acr != null && multiFactor.contains(acr) ? AcrClass.MULTI_FACTOR : AcrClass.SINGLE_FACTOR;
  }

  /** The values to ask for when somebody must sign in at least so strongly. */
  public List<String> valuesOf(AcrClass least) {
    return switch (least) {
      case SINGLE_FACTOR -> List.of();
      case MULTI_FACTOR -> Stream.concat(multiFactor.stream(), phishingResistant.stream()).toList();
      case PHISHING_RESISTANT -> phishingResistant;
    };
  }
}
