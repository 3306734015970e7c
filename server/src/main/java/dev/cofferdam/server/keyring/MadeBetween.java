package dev.cofferdam.server.keyring;

import static java.time.ZoneOffset.UTC;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Artefacts of one sort that bear no name of the key that made them: told by when they were made.
 */
public final class MadeBetween implements KeyUsage {
  private final JdbcClient app;
  private final Clock clock;
  private final KeyPurpose purpose;
  private final String what;
  private final String counting;

  /**
   * @param what in words for the operator, plural
   * @param counting a constant of the program that counts those that are good at {@code :now} and
   *     were made from {@code :from} on and before {@code :until}, in the platform's scope for keys
   */
  public MadeBetween(
      JdbcClient app, Clock clock, KeyPurpose purpose, String what, String counting) {
    this.app = app;
    this.clock = clock;
    this.purpose = purpose;
    this.what = what;
    this.counting = counting;
  }

  @Override
  public Set<KeyPurpose> purposes() {
    return Set.of(purpose);
  }

  @Override
  public List<Artefacts> live(Ring ring) {
    return between(Instant.EPOCH, EVER);
  }

  @Override
  public List<Artefacts> live(Ring ring, Reign reign) {
    return between(reign.from(), reign.until());
  }

  private List<Artefacts> between(Instant from, Instant until) {
    long count =
        app.sql(counting)
            .param("from", from.atOffset(UTC))
            .param("until", until.atOffset(UTC))
            .param("now", clock.instant().atOffset(UTC))
            .query(Long.class)
            .single();
    return List.of(new Artefacts(what, count));
  }
}
