package dev.cofferdam.bench;

import java.util.List;

/**
 * Several ways of doing one thing, measured in turn within every round.
 *
 * @param items operations get item numbers from 1 to this
 * @param bars over ratios between the contenders
 */
record Contest(String title, int items, List<Contender> contenders, List<Bar> bars) {
  Contest {
    contenders = List.copyOf(contenders);
    bars = List.copyOf(bars);
  }
}
