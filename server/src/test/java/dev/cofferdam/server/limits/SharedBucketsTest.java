package dev.cofferdam.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cofferdam.server.tenancy.TenantId;
import dev.cofferdam.server.testing.MovableClock;
import dev.cofferdam.server.testing.Redis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedBucketsTest {
  private static final String TABLE =
      """
      all  light principal  6000 per 1m burst 1000
      all  light tenant    60000 per 1m burst 10000
      all  light address    6000 per 1m burst 1000
      read light principal    60 per 1m burst 20
      read light tenant      120 per 1m burst 40
      """;

  @TempDir Path directory;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final TenantId tenant = Requests.tenant();
  private final Requester someone = Requests.of(tenant);
  private final List<SharedBuckets> opened = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Redis redis;

  @BeforeEach
  void start() {
    if (Redis.executable().isEmpty()) {
      System.err.println(
          "NOT TESTED: limits shared by several servers, since there is no redis-server here"
              + " (apt-get install redis-server)");
    }
    assumeTrue(Redis.executable().isPresent(), "no redis-server on this machine");
    redis = Redis.started();
  }

  @AfterEach
  void end() {
    opened.forEach(SharedBuckets::close);
    if (redis != null) {
      redis.close();
    }
  }

  private Limits server(String password) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), password);
    SharedBuckets shared =
        new SharedBuckets(
            StoreConnection.open(new StoreAddress("127.0.0.1", redis.port(), null), null, file),
            new LocalBuckets(clock),
            0.25,
            clock,
            meters);
    opened.add(shared);
    return new Limits(LimitTableReader.read("test", TABLE), shared, meters);
  }

  private int let(int wanted, Limits limits) {
    int let = 0;
    for (int number = 0; number < wanted; number++) {
      if (limits.take("read", someone) instanceof Taking.Taken) {
        let++;
      }
    }
    return let;
  }

  @Test
  void severalServersCountTogether() throws IOException {
    Limits one = server(Redis.PASSWORD);
    Limits other = server(Redis.PASSWORD);

    assertThat(let(12, one)).isEqualTo(12);
    assertThat(let(12, other)).isEqualTo(8);
    assertThat(let(12, one)).isZero();
    clock.advance(Duration.ofSeconds(3));
    assertThat(let(12, other)).isEqualTo(3);
    assertThat(meters.get("cofferdam.limits.store.up").gauge().value()).isOne();
  }

  @Test
  void withoutTheStoreAServerCountsForItselfByAPartAndIsNeverOff() throws IOException {
    Limits limits = server(Redis.PASSWORD);
    assertThat(let(4, limits)).isEqualTo(4);

    redis.close();

    assertThat(let(50, limits)).isEqualTo(5);
    assertThat(meters.get("cofferdam.limits.store.up").gauge().value()).isZero();
    clock.advance(Duration.ofSeconds(4));
    assertThat(let(50, limits)).isOne();
  }

  @Test
  void theStoreIsUsedAgainWhenItIsBack() throws IOException {
    Limits one = server(Redis.PASSWORD);
    Limits other = server(Redis.PASSWORD);
    redis.close();
    let(50, one);

    redis.start();
    clock.advance(Duration.ofSeconds(2));

    assertThat(let(12, one)).isEqualTo(12);
    assertThat(let(12, other)).isEqualTo(8);
  }

  @Test
  void aStoreThatRefusesIsOneThatIsAway() throws IOException {
    assertThat(let(50, server("not the password"))).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "redis://cache.example.com:6379, rediss",
    "rediss://cache.example.com, store-trusted-roots",
    "redis://user:secret@127.0.0.1, without user and password",
    "http://127.0.0.1, must have the form",
    "redis://127.0.0.1.example.com, rediss",
    "redis://127.0.0.1:6379/0, must have the form"
  })
  void anUnsafeAddressIsRefusedAndNotRepeated(String address, String message) {
    assertThatThrownBy(() -> StoreAddress.of(address, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }
}
