package dev.cofferdam.server.oauth.proof;

import dev.cofferdam.server.identity.Revocations;
import dev.cofferdam.server.limits.Limits;
import dev.cofferdam.server.oauth.ClientRegistry;
import dev.cofferdam.server.oauth.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts together what looks at proofs. */
@Configuration(proxyBeanMethods = false)
class ProofConfiguration {
  private static final Duration SWEEPING = Duration.ofSeconds(30);

  @Bean
  UsedOnce usedOnce(JdbcClient app) {
    return new UsedOnce(app);
  }

  @Bean
  Rounds usedOnceRounds(UsedOnce usedOnce, Clock clock) {
    return new Rounds("sweeping", SWEEPING, () -> usedOnce.sweep(clock.instant()), clock);
  }

  @Bean
  Proofs possessionProofs(UsedOnce usedOnce, Limits limits, Clock clock) {
    return new Proofs(usedOnce, limits, clock);
  }

  @Bean
  Assertions assertions(
      List<ClientRegistry> registries, Revocations revocations, UsedOnce usedOnce, Clock clock) {
    return new Assertions(new KnownClients(registries, revocations), usedOnce, clock);
  }
}
