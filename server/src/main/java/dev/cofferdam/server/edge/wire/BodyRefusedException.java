package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.surface.ProblemCode;
import jakarta.servlet.ServletRequest;
import java.io.Serial;
import java.util.Optional;
import org.apache.coyote.BadRequestException;

/**
 * The body of a request is too large, or too slow in coming. One of the container's own kind, of
 * which it says nothing in the log: whoever sends bodies could fill it.
 */
public final class BodyRefusedException extends BadRequestException {
  @Serial private static final long serialVersionUID = 1;

  private final Why why;

  enum Why {
    TOO_LARGE,
    TOO_SLOW
  }

  BodyRefusedException(Why why) {
    super("the body was refused");
    this.why = why;
  }

  /** What the client is told. */
  public ProblemCode code() {
    return switch (why) {
      case TOO_LARGE -> ProblemCode.TOO_LARGE;
      case TOO_SLOW -> ProblemCode.REQUEST_TIMEOUT;
    };
  }

  /** Remembered with the request, because the container hides why a body could not be read. */
  BodyRefusedException keptIn(ServletRequest request) {
    request.setAttribute(BodyRefusedException.class.getName(), this);
    return this;
  }

  /** What the client of this request is told of its body, if that was refused. */
  public static Optional<ProblemCode> of(ServletRequest request) {
    return request.getAttribute(BodyRefusedException.class.getName())
            instanceof BodyRefusedException refused
        ? Optional.of(refused.code())
        : Optional.empty();
  }
}
