package dev.cofferdam.server.identity.invite;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.invites.*}.
 *
 * @param lifetime how long an invite can be accepted after its last sending, 1 hour to 30 days
 * @param mostOpen how many of one tenant may wait for an answer, 1 to 10000
 */
@ConfigurationProperties("cofferdam.invites")
public record InviteSettings(
    @DefaultValue("7d") Duration lifetime, @DefaultValue("200") int mostOpen) {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int MOST = 10_000;

  public InviteSettings {
    if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.invites.lifetime` is `" + lifetime + "`: it is one hour to 30 days.");
    }
    if (mostOpen < 1 || mostOpen > MOST) {
      throw new IllegalArgumentException(
          "`cofferdam.invites.most-open` is `" + mostOpen + "`: it is 1 to " + MOST + ".");
    }
  }
}
