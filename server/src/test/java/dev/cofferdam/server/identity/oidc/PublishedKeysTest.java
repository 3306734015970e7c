package dev.cofferdam.server.identity.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.cofferdam.server.testing.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Optional<List<JWK>> answer = Optional.empty();
  private final PublishedKeys keys =
      new PublishedKeys(
          () -> {
            fetches.incrementAndGet();
            return answer;
          },
          clock);

  @Test
  void keysAreFetchedOnceAndKept() throws Exception {
    publish("a");
    assertFound("a", "a", "a");
    clock.advance(PublishedKeys.FRESH.minusMillis(1));
    assertFound("a");
    assertThat(fetches).hasValue(1);
    clock.advance(Duration.ofMillis(1));
    assertFound("a");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void aKeyThatIsNotThereIsAskedForOnceInAWhile() throws Exception {
    publish("a");
    assertFound("a");
    clock.advance(PublishedKeys.FOR_AN_UNKNOWN_KEY);
    publish("a", "b");
    assertFound("b");
    assertThat(fetches).as("a rotated key is found at once").hasValue(2);
    for (int invented = 0; invented < 1000; invented++) {
      assertThat(find("invented-" + invented)).isEqualTo(new PublishedKeys.Answer.Unknown());
    }
    assertThat(fetches).as("and invented ones make nobody fetch").hasValue(2);
    clock.advance(PublishedKeys.FOR_AN_UNKNOWN_KEY);
    assertThat(find("invented")).isEqualTo(new PublishedKeys.Answer.Unknown());
    assertThat(fetches).hasValue(3);
  }

  @Test
  void whileTheIssuerIsAwayItsKeysServeForABoundedTime() throws Exception {
    publish("a");
    assertFound("a");
    answer = Optional.empty();
    clock.advance(PublishedKeys.STALE.minusMillis(1));
    assertFound("a");
    assertThat(find("b"))
        .as("whether it has another key cannot be told")
        .isEqualTo(new PublishedKeys.Answer.Unavailable());
    clock.advance(Duration.ofMillis(1));
    assertThat(find("a")).isEqualTo(new PublishedKeys.Answer.Unavailable());
  }

  @Test
  void afterAFailureNobodyAsksForAMoment() throws Exception {
    for (int request = 0; request < 100; request++) {
      assertThat(find("a")).isEqualTo(new PublishedKeys.Answer.Unavailable());
    }
    assertThat(fetches).hasValue(1);
    publish("a");
    clock.advance(Fetched.PAUSE.minusMillis(1));
    assertThat(find("a")).isEqualTo(new PublishedKeys.Answer.Unavailable());
    clock.advance(Duration.ofMillis(1));
    assertFound("a");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void ofManyThatNeedThemOneFetches() throws Exception {
    JWSHeader header = header("a");
    CountDownLatch go = new CountDownLatch(1);
    List<JWK> set = List.of(key("a"));
    PublishedKeys slow =
        new PublishedKeys(
            () -> {
              fetches.incrementAndGet();
              go.countDown();
              return Optional.of(set);
            },
            clock);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PublishedKeys.Answer>> all =
          IntStream.range(0, 50).mapToObj(i -> threads.submit(() -> slow.find(header))).toList();
      go.await();
      for (Future<PublishedKeys.Answer> one : all) {
        assertThat(one.get()).isInstanceOf(PublishedKeys.Answer.Found.class);
      }
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void whatIsNoKeySetIsNone() {
    for (String body :
        List.of(
            "",
            "[]",
            "{}",
            "{\"keys\":{}}",
            "{\"keys\":[]}",
            "{\"keys\":[{}]}",
            "{\"keys\":[1]}",
            "{\"keys\":[],\"keys\":[]}",
            "<html>")) {
      assertThat(PublishedKeys.read(body.getBytes(UTF_8))).as(body).isEmpty();
    }
  }

  @Test
  void aPrivateKeyInAKeySetIsNotUsed() throws Exception {
    JWK mistaken = new ECKeyGenerator(Curve.P_256).keyID("a").generate();
    assertThat(PublishedKeys.read(new JWKSet(mistaken).toString(false).getBytes(UTF_8))).isEmpty();
  }

  private void publish(String... names) throws Exception {
    answer = Optional.of(java.util.Arrays.stream(names).<JWK>map(PublishedKeysTest::key).toList());
  }

  private static ECKey key(String name) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(name).generate().toPublicJWK();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private void assertFound(String... names) {
    for (String name : names) {
      assertThat(find(name)).isInstanceOf(PublishedKeys.Answer.Found.class);
    }
  }

  private PublishedKeys.Answer find(String name) {
    return keys.find(header(name));
  }

  private static JWSHeader header(String name) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(name).build();
  }
}
