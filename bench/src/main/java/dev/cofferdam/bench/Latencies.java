package dev.cofferdam.bench;

import java.util.Arrays;

/** How long operations took. For one thread at a time. */
final class Latencies {
  private long[] nanos = new long[1024];
  private int count;

  void add(long taken) {
    room(1);
    nanos[count++] = taken;
  }

  void add(Latencies others) {
    room(others.count);
    System.arraycopy(others.nanos, 0, nanos, count, others.count);
    count += others.count;
  }

  private void room(int more) {
    if (count + more > nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.max(2 * nanos.length, count + more));
    }
  }

  int count() {
    return count;
  }

  /** Within how many milliseconds this share of them was done; 0 when there are none. */
  double millis(double share) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(count - 1L, (long) (share * count))] / 1e6;
  }
}
