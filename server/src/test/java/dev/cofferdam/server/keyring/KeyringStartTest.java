package dev.cofferdam.server.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cofferdam.protocol.crypto.CryptoProvider;
import dev.cofferdam.server.tenancy.DatabaseRole;
import dev.cofferdam.server.tenancy.database.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class KeyringStartTest {
  private TestDatabase database;
  private TestKeyring server;

  @BeforeEach
  void start() {
    database = TestDatabase.migrated();
    server = new TestKeyring(database, TestKeyring.rootKey(), Clock.systemUTC());
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void theSameRootKeyStartsAgain() {
    check(server.root.id());
    check(server.root.id());
  }

  @Test
  void anotherRootKeyIsRefusedAndBothAreNamed() {
    check(server.root.id());
    String other = "0123456789abcdef";
    assertThatThrownBy(() -> check(other))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining(other)
        .hasMessageContaining(server.root.id())
        .hasMessageContaining("cofferdam.keyring.root-key-file");
    check(server.root.id());
  }

  @Test
  void ofManyFirstStartsWithDifferentKeysOneIsBelieved() throws Exception {
    List<Callable<Boolean>> starts =
        IntStream.range(0, 8)
            .<Callable<Boolean>>mapToObj(number -> () -> starts("%016x".formatted(number + 1)))
            .toList();
    int started = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var start : threads.invokeAll(starts)) {
        started += start.get() ? 1 : 0;
      }
    }
    assertThat(started).isOne();
  }

  @Test
  void aColumnForPlaintextStopsTheStart() {
    JdbcClient.create(database.as(DatabaseRole.OWNER))
        .sql("create table tenancy.planted (password text)")
        .update();
    assertThatThrownBy(() -> check(server.root.id()))
        .isInstanceOf(KeyringRefusedException.class)
        .hasMessageContaining("tenancy.planted.password");
  }

  private boolean starts(String rootKeyId) {
    try {
      check(rootKeyId);
      return true;
    } catch (KeyringRefusedException refused) {
      return false;
    }
  }

  private void check(String rootKeyId) {
    KeyringStart.check(
        CryptoProvider.best(),
        rootKeyId,
        new RootKeyRecord(server.jdbc, server.transactions, Clock.systemUTC()),
        server.jdbc);
  }
}
