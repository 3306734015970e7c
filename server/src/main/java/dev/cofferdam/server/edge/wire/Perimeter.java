package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.edge.EdgeSettings;
import dev.cofferdam.server.edge.Problems;
import dev.cofferdam.server.surface.Ids;
import dev.cofferdam.server.surface.ProblemCode;
import dev.cofferdam.server.surface.Refusal;
import dev.cofferdam.server.surface.RequestId;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.InputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The outermost thing that a request passes: names it, puts the security header fields on its
 * answer, and sends away what no handler should see. In the container's engine, so that also what
 * the container answers by itself has passed it.
 */
final class Perimeter extends ValveBase {
  /** The names of this machine, for itself. */
  static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** The host of a request that names none. */
  static final String UNNAMED = "unnamed.invalid";

  static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Ids ids;
  private final Set<String> hosts;
  private final Forwarded forwarded;
  private final Cors cors;
  private final EdgeSettings settings;
  private final AccessLog log;
  private final RequestTimes times;

  Perimeter(EdgeSettings settings, Ids ids, AccessLog log, RequestTimes times) {
    super(true);
    this.ids = ids;
    this.settings = settings;
    this.log = log;
    this.times = times;
    hosts =
        Stream.concat(LOOPBACK.stream(), settings.hosts().stream())
            .collect(Collectors.toUnmodifiableSet());
    forwarded = new Forwarded(settings.trustedProxies());
    cors = new Cors(settings.corsOrigins());
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    long began = System.nanoTime();
    BoundedProtocol.hasRead();
    RequestId id = new RequestId(ids.next());
    RequestIds.put(request, id);
    response.setHeader(RequestId.HEADER, id.toString());
    InputBuffer body = request.getCoyoteRequest().getInputBuffer();
    try {
      log.during(id, () -> admit(request, response, id));
    } finally {
      // The container uses its request again for the next one.
      request.getCoyoteRequest().setInputBuffer(body);
      // What nobody asked for of a body is read by the container, in front of the next request.
      if (hasBody(request)) {
        BoundedProtocol.reads(began);
      }
      long took = System.nanoTime() - began;
      times.write(request, response, took);
      log.write(request, response, id, took);
    }
  }

  private void admit(Request request, Response response, RequestId id)
      throws IOException, ServletException {
    boolean understood = forwarded.apply(request);
    SecurityHeaders.set(request, response);
    // The container has refused it already, and its answer is written further in.
    if (response.isError() || response.getStatus() >= 400) {
      getNext().invoke(request, response);
      return;
    }
    boolean granted = cors.grant(request, response);
    Optional<ProblemCode> refused =
        understood ? refusal(request, granted) : Optional.of(ProblemCode.MALFORMED_REQUEST);
    if (refused.isPresent()) {
      // What is left of the body is not worth reading.
      if (request.getProtocol().startsWith("HTTP/1")) {
        response.setHeader("Connection", "close");
      }
      Problems.write(response.getResponse(), Refusal.of(refused.get()), id);
    } else if (Cors.isPreflight(request)) {
      Cors.preflight(response.getResponse());
    } else {
      bound(request);
      getNext().invoke(request, response);
    }
  }

  private Optional<ProblemCode> refusal(Request request, boolean granted) {
    if (!METHODS.contains(request.getMethod())) {
      return Optional.of(ProblemCode.NOT_IMPLEMENTED);
    }
    if (!isForUs(request)) {
      return Optional.of(ProblemCode.MISDIRECTED_REQUEST);
    }
    if (!Target.isPlain(request.getRequestURI())) {
      return Optional.of(ProblemCode.MALFORMED_REQUEST);
    }
    if (request.getMethod().equals("OPTIONS")) {
      return !Cors.isPreflight(request)
          ? Optional.of(ProblemCode.METHOD_NOT_ALLOWED)
          : granted ? Optional.empty() : Optional.of(ProblemCode.CROSS_SITE_REQUEST);
    }
    if (saysTooLarge(request)) {
      return Optional.of(ProblemCode.TOO_LARGE);
    }
    return isEncoded(request) ? Optional.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE) : Optional.empty();
  }

  private static boolean hasBody(Request request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private boolean saysTooLarge(Request request) {
    return request.getContentLengthLong() > settings.bodyLimit().toBytes();
  }

  /** Nobody needs an encoding, and a small body in one can hide a large one. */
  private static boolean isEncoded(Request request) {
    return request.getHeader("Content-Encoding") != null;
  }

  /** A page whose name was made to point here has its own name in the host (DNS rebinding). */
  private boolean isForUs(Request request) {
    @Nullable String named = request.getServerName();
    return named != null && hosts.contains(named.toLowerCase(Locale.ROOT));
  }

  private void bound(Request request) {
    InputBuffer body = request.getCoyoteRequest().getInputBuffer();
    request
        .getCoyoteRequest()
        .setInputBuffer(
            new BoundedBody(request, body, settings.bodyLimit().toBytes(), settings.bodyTimeout()));
  }
}
