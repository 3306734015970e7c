package dev.cofferdam.server.identity;

import static java.time.ZoneOffset.UTC;

import dev.cofferdam.server.keyring.KeyId;
import dev.cofferdam.server.keyring.KeyPurpose;
import dev.cofferdam.server.keyring.KeyUsage;
import dev.cofferdam.server.keyring.Ring;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What lies under the platform's ring for columns. All of it goes by itself, with its session or
 * after the minutes that a sign-in takes: nothing of it is sealed anew.
 */
final class SealedForAWhile implements KeyUsage {
  private final JdbcClient app;
  private final Clock clock;

  SealedForAWhile(JdbcClient app, Clock clock) {
    this.app = app;
    this.clock = clock;
  }

  @Override
  public Set<KeyPurpose> purposes() {
    return Set.of(KeyPurpose.PLATFORM_COLUMN);
  }

  @Override
  public List<Artefacts> live(Ring ring) {
    return under(null);
  }

  @Override
  public List<Artefacts> live(Ring ring, Reign reign) {
    return under(reign.key().id());
  }

  private List<Artefacts> under(@Nullable KeyId key) {
    @Nullable UUID id = key == null ? null : key.value();
    long profiles =
        app.sql("select identity.profiles_under(:key, :now)")
            .param("key", id, Types.OTHER)
            .param("now", clock.instant().atOffset(UTC))
            .query(Long.class)
            .single();
    long signIns =
        app.sql("select identity.sign_ins_under(:key)")
            .param("key", id, Types.OTHER)
            .query(Long.class)
            .single();
    return List.of(
        new Artefacts("names in sessions", profiles), new Artefacts("sign-ins under way", signIns));
  }
}
