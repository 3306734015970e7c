package dev.cofferdam.server.edge.wire;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;

/**
 * How long answers took, under the names that dashboards for Spring know: {@code
 * http_server_requests_seconds} by method, template of the route, status and outcome. Every answer,
 * also one that the perimeter or the container gave by itself. There are as many series as there
 * are routes and statuses, whatever strangers ask for. For any thread.
 */
final class RequestTimes {
  private static final String NAME = "http.server.requests";

  private final MeterRegistry meters;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String method, String route, int status) {
    private String outcome() {
      return switch (status / 100) {
        case 1 -> "INFORMATIONAL";
        case 2 -> "SUCCESS";
        case 3 -> "REDIRECTION";
        case 4 -> "CLIENT_ERROR";
        case 5 -> "SERVER_ERROR";
        default -> "UNKNOWN";
      };
    }
  }

  RequestTimes(MeterRegistry meters) {
    this.meters = meters;
  }

  void write(Request request, Response response, long nanos) {
    // Of what was no request line the container knows no method.
    @Nullable String method = request.getMethod();
    Kind kind =
        new Kind(
            method != null && Perimeter.METHODS.contains(method) ? method : "other",
            AccessLog.route(request),
            response.getStatus());
    Timer timer = timers.get(kind);
    (timer == null ? timers.computeIfAbsent(kind, this::timer) : timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder(NAME)
        .description("From the head of a request to the end of its answer")
        .tags(
            "method",
            kind.method,
            "uri",
            kind.route,
            "status",
            Integer.toString(kind.status),
            "outcome",
            kind.outcome())
        .register(meters);
  }
}
