package dev.cofferdam.server.rotation;

import dev.cofferdam.server.audit.Outbox;
import dev.cofferdam.server.keyring.Keyring;
import dev.cofferdam.server.keyring.SealedCells;
import dev.cofferdam.server.keyring.SealedColumns;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.tenancy.TenantDirectory;
import dev.cofferdam.server.tenancy.TenantGate;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Puts rotations together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RotationSettings.class)
class RotationConfiguration {

  @Bean
  RunRows runRows(JdbcClient app) {
    return new RunRows(app);
  }

  @Bean
  RunActs runActs(Outbox outbox) {
    return new RunActs(outbox);
  }

  @Bean
  Rings rings(
      Keyring keyring,
      SealedColumns columns,
      List<SealedCells> cells,
      RunRows runRows,
      TenantDirectory directory,
      TenantGate gate,
      Clock clock) {
    return new Rings(keyring, columns, cells, runRows, directory, gate, clock);
  }

  @Bean
  DestructionRows destructionRows(JdbcClient app) {
    return new DestructionRows(app);
  }

  @Bean
  Rounds rotationRounds(
      RunRows runRows,
      DestructionRows destructionRows,
      RunActs runActs,
      Keyring keyring,
      KeyEndings keyEndings,
      List<SealedCells> cells,
      TransactionOperations transaction,
      TenantDirectory directory,
      TenantGate gate,
      Clock clock) {
    return new Rounds(
        rest ->
            List.of(
                new RunWorker(
                        runRows,
                        runActs,
                        transaction,
                        new Turns(keyring, clock),
                        new TenantTurns(keyring, cells, clock),
                        directory,
                        gate,
                        rest,
                        clock)
                    ::work,
                new DestructionWorker(
                        destructionRows, keyEndings, runActs, transaction, directory, rest, clock)
                    ::work),
        new Retirements(keyring, clock),
        clock);
  }

  @Bean
  Destructions destructions(
      DestructionRows destructionRows,
      RunActs runActs,
      TransactionOperations transaction,
      RotationSettings settings,
      Clock clock) {
    return new Destructions(
        destructionRows,
        runActs,
        transaction,
        new Ids(clock, new SecureRandom()),
        settings.destructionDelay(),
        clock);
  }

  @Bean
  KeyRuns keyRuns(
      Rings rings,
      RunRows runRows,
      RunActs runActs,
      TransactionOperations transaction,
      TenantGate gate,
      Rounds rotationRounds,
      Clock clock) {
    return new KeyRuns(
        rings,
        runRows,
        runActs,
        transaction,
        gate,
        new Ids(clock, new SecureRandom()),
        rotationRounds::now,
        clock);
  }

  @Bean
  KeyEndings keyEndings(
      Keyring keyring,
      Rings rings,
      RunActs runActs,
      TransactionOperations transaction,
      TenantGate gate) {
    return new KeyEndings(keyring, rings, runActs, transaction, gate);
  }
}
