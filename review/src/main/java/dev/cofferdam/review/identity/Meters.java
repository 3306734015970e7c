package dev.cofferdam.review.identity;

import dev.cofferdam.protocol.record.AuditRecord;
import dev.cofferdam.protocol.record.Repetition;
import dev.cofferdam.review.attack.Target;
import dev.cofferdam.review.web.Trail;
import dev.cofferdam.review.wire.Ask;
import dev.cofferdam.review.wire.Line;
import dev.cofferdam.review.wire.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What whoever watches the server sees of credentials that were not valid.
 *
 * @param refusals answered with 401, as the metrics have them
 * @param waits of addresses that sent too many, as the metrics have them
 * @param recorded refusals with 401, as the platform's log has them
 */
record Meters(long refusals, long waits, long recorded) {

  /** As they are when the window of refusals has been closed. */
  static Meters of(Target target) throws IOException, SQLException {
    target.server().closeWindow();
    try (Line line = Line.open(target.around().management());
        Session superuser = target.asSuperuser()) {
      List<String> metrics =
          line.ask(Ask.get("/metrics").with("Host", target.around().management().authority()))
              .text()
              .lines()
              .toList();
      return new Meters(
          value(metrics, "audit_refusals_total", "kind=\"unauthenticated\""),
          value(metrics, "cofferdam_limits_refused_total", "limit=\"failed-authentication\""),
          Trail.of(superuser).all().stream().mapToLong(Meters::refusals).sum());
    }
  }

  /** What came since then. */
  Meters since(Meters before) {
    return new Meters(refusals - before.refusals, waits - before.waits, recorded - before.recorded);
  }

  private static long value(List<String> metrics, String name, String label) {
    return metrics.stream()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static long refusals(AuditRecord record) {
    @Nullable Repetition repetition = record.repetition();
    return record.action().equals("request.refused")
            && "unauthenticated".equals(record.code())
            && repetition != null
        ? repetition.count()
        : 0;
  }

  @Override
  public String toString() {
    return "%d refusals and %d waits metered, %d refusals recorded"
        .formatted(refusals, waits, recorded);
  }
}
