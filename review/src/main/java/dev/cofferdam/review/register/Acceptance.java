package dev.cofferdam.review.register;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * That somebody answers for a finding, or for a threat that is not shown to be met, for a while.
 *
 * @param subject the identifier of a finding as a sign-off writes it, or of a threat
 * @param reason why it may stay so until then
 * @param owner who answers for it: a role or a team that outlasts its people
 * @param since the day on which it was accepted
 * @param expires the first day on which it counts no more
 */
public record Acceptance(
    String subject, String reason, String owner, LocalDate since, LocalDate expires) {
  private static final int LONGEST_DAYS = 366;

  public Acceptance {
    if (!expires.isAfter(since)) {
      throw new RegisterRefusedException(
          "the acceptance of `" + subject + "` expires on " + expires + ", before it began");
    }
    if (ChronoUnit.DAYS.between(since, expires) > LONGEST_DAYS) {
      throw new RegisterRefusedException(
          "the acceptance of `"
              + subject
              + "` is to last until "
              + expires
              + ": for longer than a year nothing is accepted");
    }
  }

  /** Whether it counts on {@code day}. */
  public boolean isValidOn(LocalDate day) {
    return day.isBefore(expires) && !day.isBefore(since);
  }
}
