package dev.cofferdam.server.edge.door;

import dev.cofferdam.server.edge.wire.BodyRefusedException;
import dev.cofferdam.server.edge.wire.RequestIds;
import dev.cofferdam.server.surface.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** The only thing that answers exceptions, whether they were expected or not. */
final class Failures implements HandlerExceptionResolver {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private static final int SERVER_ERROR = 500;

  private final Denials denials;
  private final Supplier<Door> door;

  /**
   * @param door looked up late: it needs the routes, which need this
   */
  Failures(Denials denials, Supplier<Door> door) {
    this.denials = denials;
    this.door = door;
  }

  /** It closed the connection, or took a stream of HTTP/2 back. What we cut ourselves is not. */
  private static boolean isOfTheClient(Exception failure) {
    List<Throwable> chain = Causes.chain(failure);
    return chain.stream().noneMatch(Streams.CutException.class::isInstance)
        && chain.stream()
            .anyMatch(
                cause ->
                    cause instanceof ClientAbortException || cause instanceof CloseNowException);
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception failure) {
    if (response.isCommitted()) {
      // Half of an answer has left. The container logs why, and closes the connection before the
      // end of the body: so nobody takes the half for the whole. A client that went away is no
      // event of ours: it could fill the log.
      return isOfTheClient(failure) ? new ModelAndView() : null;
    }
    Refusal cause =
        BodyRefusedException.of(request).map(Refusal::of).orElseGet(() -> Causes.refusal(failure));
    boolean astray = Visit.of(request).isEmpty() && cause.code().status() < SERVER_ERROR;
    Refusal refusal = astray ? door.get().astray(request, response, cause) : cause;
    try {
      switch (refusal.code()) {
        case INTERNAL -> LOG.error("Request {} failed.", RequestIds.of(request), failure);
        // Every request says the same while it lasts: one line, and no stack trace.
        case UNAVAILABLE, AUDIT_UNAVAILABLE ->
            LOG.warn("Request {}: {}", RequestIds.of(request), Causes.root(failure).toString());
        default -> {}
      }
      if (failure instanceof ErrorResponse error
          && error.getHeaders().getFirst(HttpHeaders.ALLOW) != null) {
        response.setHeader(HttpHeaders.ALLOW, error.getHeaders().getFirst(HttpHeaders.ALLOW));
      }
      denials.answer(request, response, refusal);
    } catch (IOException gone) {
      LOG.debug("Request {}: the client is gone.", RequestIds.of(request), gone);
    }
    return new ModelAndView();
  }
}
