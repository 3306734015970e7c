package dev.cofferdam.server.identity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings {@code cofferdam.identity.*}: how long sessions live, and where new tenants are put.
 *
 * @param sessionIdle after which time without a request a session ends, 1 minute to 24 hours
 * @param sessionLifetime after which time a session ends in any case, at most 7 days
 * @param operatorLifetime after which time the session of an operator ends in any case, at most 24
 *     hours: only at the next sign-in is it known whether they still are one
 * @param emergencyLifetime for how long an operator who breaks the glass reads in a tenant, 1
 *     minute to 1 hour
 * @param sessionsPerPerson how many sessions a person has at most, 1 to 1000: a further one ends
 *     the one that was idle longest
 * @param newTenants where the rows of tenants that sign up are put: {@code shared} tables, or a
 *     {@code schema} for each
 */
@ConfigurationProperties("cofferdam.identity")
public record IdentitySettings(
    @DefaultValue("1h") Duration sessionIdle,
    @DefaultValue("12h") Duration sessionLifetime,
    @DefaultValue("1h") Duration operatorLifetime,
    @DefaultValue("30m") Duration emergencyLifetime,
    @DefaultValue("50") int sessionsPerPerson,
    @DefaultValue("shared") NewTenants newTenants) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST_IDLE = Duration.ofHours(24);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final Duration LONGEST_EMERGENCY = Duration.ofHours(1);
  private static final int MOST_SESSIONS = 1000;

  /** Where a new tenant's rows are put. */
  public enum NewTenants {
    SHARED,
    SCHEMA
  }

  public IdentitySettings {
    require("session-idle", sessionIdle, LONGEST_IDLE);
    require("session-lifetime", sessionLifetime, LONGEST);
    require("operator-lifetime", operatorLifetime, LONGEST_IDLE);
    require("emergency-lifetime", emergencyLifetime, LONGEST_EMERGENCY);
    if (sessionsPerPerson < 1 || sessionsPerPerson > MOST_SESSIONS) {
      throw new IllegalArgumentException(
          "`cofferdam.identity.sessions-per-person` is `%d`: it is 1 to %d."
              .formatted(sessionsPerPerson, MOST_SESSIONS));
    }
  }

  private static void require(String name, Duration given, Duration most) {
    if (given.compareTo(SHORTEST) < 0 || given.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "`cofferdam.identity.%s` is `%s`: it is one minute to %d hours."
              .formatted(name, given, most.toHours()));
    }
  }
}
