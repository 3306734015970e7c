package dev.cofferdam.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final List<Duration> slept = new ArrayList<>();
  private final Deque<Object> answers = new ArrayDeque<>();

  private Patience of(Duration whole) {
    return new Patience(whole, new Random(1), slept::add);
  }

  private Reply next() throws IOException {
    Object next = answers.size() > 1 ? answers.pop() : answers.getFirst();
    if (next instanceof IOException failed) {
      throw failed;
    }
    return (Reply) next;
  }

  private static Reply reply(int status, String... fields) {
    Map<String, List<String>> head =
        fields.length == 0 ? Map.of() : Map.of(fields[0], List.of(fields[1]));
    return new Reply(status, HttpHeaders.of(head, (name, value) -> true), new byte[0]);
  }

  @Test
  void itComesAgainAsLateAsItIsTold() throws IOException {
    answers.add(reply(429, "Retry-After", "7"));
    answers.add(reply(200));

    assertThat(of(Duration.ofSeconds(60)).send(this::next).status()).isEqualTo(200);
    assertThat(slept).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void itWaitsLongerEachTimeAndGivesUpInTime() {
    answers.add(new IOException("nothing answers"));

    assertThatThrownBy(() -> of(Duration.ofSeconds(60)).send(this::next))
        .isInstanceOf(UnreachableServerException.class)
        .hasMessageContaining("nothing answers");
    assertThat(slept).hasSizeGreaterThan(3);
    assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(60));
    for (int n = 0; n < 4; n++) {
      assertThat(slept.get(n))
          .isBetween(Duration.ofMillis(250L << n), Duration.ofMillis(750L << n));
    }
  }

  @Test
  void whatTheServerWouldSayAgainIsSaidAtOnce() throws IOException {
    answers.add(reply(410));

    assertThat(of(Duration.ofSeconds(60)).send(this::next).status()).isEqualTo(410);
    assertThat(slept).isEmpty();
  }

  @Test
  void withoutPatienceItComesOnce() {
    answers.add(reply(503));

    assertThatThrownBy(() -> of(Duration.ZERO).send(this::next))
        .isInstanceOf(UnreachableServerException.class)
        .hasMessageContaining("503");
    assertThat(slept).isEmpty();
  }
}
