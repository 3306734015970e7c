package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.surface.Caller;
import dev.cofferdam.server.surface.RequestId;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.web.servlet.HandlerMapping;

/**
 * One line for each request: which, what came of it, how long it took. The template of the route
 * and never its path or query, nothing that the client wrote but its method, and no credential.
 */
final class AccessLog {
  /** The logger, by which the line is told from all others. */
  static final String NAME = "dev.cofferdam.access";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);
  private static final String REQUEST_ID = "request_id";

  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,10}");

  /** No handler, nobody known, no tenant. */
  private static final String NONE = "none";

  /** Work on a request. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException, ServletException;
  }

  /** Every line that the thread logs meanwhile says for which request. */
  void during(RequestId id, Work work) throws IOException, ServletException {
    MDC.put(REQUEST_ID, id.toString());
    try {
      work.run();
    } finally {
      MDC.remove(REQUEST_ID);
    }
  }

  void write(Request request, Response response, RequestId id, long nanos) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    Object caller = request.getAttribute(Caller.class.getName());
    LOG.atInfo()
        .addKeyValue(REQUEST_ID, id)
        .addKeyValue("method", method(request.getMethod()))
        .addKeyValue("route", route(request))
        .addKeyValue("status", response.getStatus())
        .addKeyValue("ms", nanos / 100_000 / 10.0)
        .addKeyValue("bytes", response.getContentWritten())
        .addKeyValue("caller", kind(caller))
        .addKeyValue(
            "tenant",
            caller instanceof Caller known
                ? known.tenant().map(Object::toString).orElse(NONE)
                : NONE)
        .log("request");
  }

  /** The template of the route, where there is a handler. */
  static String route(Request request) {
    Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return route == null ? NONE : route.toString();
  }

  /** Which kind of caller, and never which one. */
  private static String kind(@Nullable Object caller) {
    return switch (caller) {
      case Caller.Anonymous anonymous -> "anonymous";
      case Caller.Person person -> "person";
      case Caller.Operator operator -> "operator";
      case Caller.Visitor visitor -> "visitor";
      case Caller.Agent agent -> "agent";
      case Caller.Service service -> "service";
      case Caller.Node node -> "node";
      case null, default -> NONE;
    };
  }

  /** Of what was no request line the container knows no method. */
  private static String method(@Nullable String method) {
    return method != null && METHOD.matcher(method).matches() ? method : "other";
  }
}
