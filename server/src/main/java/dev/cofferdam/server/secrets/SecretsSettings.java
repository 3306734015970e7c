package dev.cofferdam.server.secrets;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.secrets.*}: how much is kept.
 *
 * @param mostOfAProject how many secrets a project has at most, deleted ones included; 1 to 10000
 * @param versionsKept how many versions of a secret are kept, the newest; 1 to 1000
 */
@ConfigurationProperties("cofferdam.secrets")
public record SecretsSettings(
    @DefaultValue("1000") int mostOfAProject, @DefaultValue("20") int versionsKept) {
  public SecretsSettings {
    requireBetween("most-of-a-project", mostOfAProject, 10_000);
    requireBetween("versions-kept", versionsKept, 1000);
  }

  private static void requireBetween(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "`cofferdam.secrets.%s` is `%d`: it is 1 to %d.".formatted(name, value, most));
    }
  }
}
