package dev.cofferdam.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Contender PLAIN = new Contender("plain", item -> {});
  private static final Contender BOUND = new Contender("bound", item -> {});

  @Test
  void theRatioIsTheMedianOfRatiosWithinARound() {
    // The machine got nine times slower in the last round: a ratio of medians would say 0.56.
    Measurement measurement =
        measurement(List.of(1000.0, 900.0, 100.0), List.of(500.0, 540.0, 80.0), 0.5, 0.7);

    assertThat(measurement.ratio("bound", "plain", Turn::perSecond)).isEqualTo(0.6);
    assertThat(measurement.median("plain", Turn::perSecond)).isEqualTo(900.0);
  }

  @Test
  void aRatioBelowItsFloorIsNamedAndFailsTheRun() {
    List<Measurement> missed = List.of(measurement(List.of(100.0), List.of(49.0), 0.5, 0.7));
    List<Measurement> floor = List.of(measurement(List.of(100.0), List.of(50.0), 0.5, 0.7));

    assertThat(Report.ratios(missed)).contains("| read | 0.49 | 0.50 | 0.70 | missed |");
    assertThat(Report.floorsReached(missed)).isFalse();
    assertThat(Report.ratios(floor)).contains("| floor |");
    assertThat(Report.floorsReached(floor)).isTrue();
  }

  @Test
  void whereTheGoalIsBelowTheFloorLessIsBetter() {
    Bar bar = Bar.p99("read", "bound", 10, 5);

    assertThat(List.of(5.0, 5.1, 10.0, 10.1).stream().map(bar::verdict))
        .containsExactly(
            Bar.Verdict.GOAL, Bar.Verdict.FLOOR, Bar.Verdict.FLOOR, Bar.Verdict.MISSED);
  }

  @Test
  void onePercentOfTheOperationsTookLonger() {
    Latencies latencies = new Latencies();
    for (int i = 2_000; i > 0; i--) {
      latencies.add(i * 1_000_000L);
    }

    assertThat(latencies.millis(0.99)).isEqualTo(1_981);
    assertThat(latencies.millis(0.5)).isEqualTo(1_001);
  }

  @Test
  void processorTimeIsThatOfThisProcessAndItsChildren() throws Exception {
    ProcessorTime before = ProcessorTime.now();
    Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      while (ProcessorTime.now().since(before).toMillis() < 200) {
        Thread.onSpinWait();
      }
      assertThat(ProcessorTime.now().byProcess()).containsKey(busy.pid());
    } finally {
      busy.destroyForcibly();
    }
  }

  @Test
  void everyRoundIsKept() {
    assertThat(Report.raw(List.of(measurement(List.of(1000.0), List.of(2.0), 0, 0))))
        .contains("| point read: plain | 1,000 | 9.0 | 0.50 | 2.00 | 1,000 |");
  }

  private static Measurement measurement(
      List<Double> plain, List<Double> bound, double floor, double goal) {
    var contest =
        new Contest(
            "point read",
            1,
            List.of(PLAIN, BOUND),
            List.of(Bar.ratio("read", "bound", "plain", floor, goal)));
    return new Measurement(contest, Map.of("plain", turns(plain), "bound", turns(bound)));
  }

  private static List<Turn> turns(List<Double> perSecond) {
    return perSecond.stream().map(figure -> new Turn(figure, 9, 0.5, 2)).toList();
  }
}
