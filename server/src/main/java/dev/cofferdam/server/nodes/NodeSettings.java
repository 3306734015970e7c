package dev.cofferdam.server.nodes;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.nodes.*}: nodes of tenants.
 *
 * @param most how many a tenant has at most that are not revoked, 1 to 100000
 * @param mostBootstrapTokens how many open bootstrap tokens a tenant has at most, 1 to 10000
 */
@ConfigurationProperties("cofferdam.nodes")
public record NodeSettings(
    @DefaultValue("10000") int most, @DefaultValue("200") int mostBootstrapTokens) {

  public NodeSettings {
    require("most", most, 100_000);
    require("most-bootstrap-tokens", mostBootstrapTokens, 10_000);
  }

  private static void require(String name, int given, int most) {
    if (given < 1 || given > most) {
      throw new IllegalArgumentException(
          "`cofferdam.nodes.%s` is `%d`: it is 1 to %d.".formatted(name, given, most));
    }
  }
}
