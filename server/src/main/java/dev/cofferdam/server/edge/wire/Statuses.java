package dev.cofferdam.server.edge.wire;

import dev.cofferdam.server.surface.ProblemCode;

/** Statuses that the container or the framework came up with. */
public final class Statuses {
  private Statuses() {}

  /** The code of the catalogue for it. */
  public static ProblemCode code(int status) {
    return switch (status) {
      case 404 -> ProblemCode.NOT_FOUND;
      case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
      case 406 -> ProblemCode.NOT_ACCEPTABLE;
      case 408 -> ProblemCode.REQUEST_TIMEOUT;
      case 413 -> ProblemCode.TOO_LARGE;
      case 414 -> ProblemCode.URI_TOO_LONG;
      case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
      case 431 -> ProblemCode.HEADERS_TOO_LARGE;
      // A version of HTTP that there is not.
      case 505 -> ProblemCode.MALFORMED_REQUEST;
      case 501 -> ProblemCode.NOT_IMPLEMENTED;
      case 503 -> ProblemCode.UNAVAILABLE;
      default -> status < 500 ? ProblemCode.MALFORMED_REQUEST : ProblemCode.INTERNAL;
    };
  }
}
