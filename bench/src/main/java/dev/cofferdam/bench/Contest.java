package dev.cofferdam.bench;

import java.util.List;

/**
 * Several ways of doing one thing, measured in turn within every round.
 *
 * @param items operations get item numbers from 1 to this
 * @param bars to be reached by the contenders
 * @param threads how many run each of them, or 0 for as many as there are connections
 */
record Contest(String title, int items, List<Contender> contenders, List<Bar> bars, int threads) {
  Contest(String title, int items, List<Contender> contenders, List<Bar> bars) {
    this(title, items, contenders, bars, 0);
  }

  Contest {
    contenders = List.copyOf(contenders);
    bars = List.copyOf(bars);
  }
}
