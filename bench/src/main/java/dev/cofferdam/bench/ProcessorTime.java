package dev.cofferdam.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process and those that it started have used of the processors so far. Exact to ten
 * milliseconds a process.
 */
record ProcessorTime(Map<Long, Duration> byProcess) {
  ProcessorTime {
    byProcess = Map.copyOf(byProcess);
  }

  static ProcessorTime now() {
    Map<Long, Duration> used = new HashMap<>();
    ProcessHandle self = ProcessHandle.current();
    put(used, self);
    self.descendants().forEach(process -> put(used, process));
    return new ProcessorTime(used);
  }

  private static void put(Map<Long, Duration> used, ProcessHandle process) {
    process.info().totalCpuDuration().ifPresent(time -> used.put(process.pid(), time));
  }

  /** What was used since then, by processes that live now. */
  Duration since(ProcessorTime earlier) {
    Duration sum = Duration.ZERO;
    for (Map.Entry<Long, Duration> each : byProcess.entrySet()) {
      sum =
          sum.plus(each.getValue())
              .minus(earlier.byProcess.getOrDefault(each.getKey(), Duration.ZERO));
    }
    return sum;
  }
}
