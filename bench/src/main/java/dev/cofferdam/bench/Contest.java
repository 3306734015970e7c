package dev.cofferdam.bench;

import java.util.List;

/**
 * Several ways of doing one thing, measured in turn within every round.
 *
 * @param items operations get item numbers from 1 to this
 * @param bars to be reached by the contenders
 */
record Contest(
    String title, int items, List<Contender> contenders, List<Bar> bars, Callers callers) {
  Contest(String title, int items, List<Contender> contenders, List<Bar> bars) {
    this(title, items, contenders, bars, Callers.AS_CONNECTIONS);
  }

  Contest {
    contenders = List.copyOf(contenders);
    bars = List.copyOf(bars);
  }
}
